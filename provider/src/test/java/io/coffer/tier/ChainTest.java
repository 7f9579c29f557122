package io.coffer.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final long SEED = 20260107;

    private final Chain<Member> chain = new Chain<>();

    /** A link that knows its number. */
    private static final class Member extends Chain.Link<Member> {
        final int number;

        Member(int number) {
            this.number = number;
        }
    }

    @Test
    void poll_severalMembers_comeInOrderOfArrival() {
        members(3).forEach(chain::add);

        assertThat(drain()).containsExactly(0, 1, 2);
    }

    @Test
    void poll_empty_returnsNull() {
        assertThat(chain.poll()).isNull();
        assertThat(chain.peek()).isNull();
        assertThat(chain.isEmpty()).isTrue();
    }

    @Test
    void peek_severalMembers_leavesTheOldestIn() {
        var members = members(2);
        members.forEach(chain::add);

        assertThat(chain.peek()).isSameAs(members.get(0));
        assertThat(drain()).containsExactly(0, 1);
    }

    @Test
    void add_memberOfAChain_isRefused() {
        var member = new Member(0);
        chain.add(member);

        assertThatIllegalStateException().isThrownBy(() -> chain.add(member));
        assertThatIllegalStateException().isThrownBy(() -> new Chain<Member>().add(member));
        assertThat(drain()).containsExactly(0);
    }

    @Test
    void unlink_firstMiddleAndLast_leavesTheOthersInOrder() {
        var members = members(6);
        members.forEach(chain::add);

        members.get(0).unlink();
        members.get(3).unlink();
        members.get(5).unlink();

        assertThat(drain()).containsExactly(1, 2, 4);
    }

    @Test
    void unlink_onlyMember_leavesAChainThatCanBeUsed() {
        var member = new Member(7);
        chain.add(member);

        member.unlink();
        chain.add(member);

        assertThat(drain()).containsExactly(7);
    }

    @Test
    void unlink_memberOfNoChain_doesNothing() {
        var stranger = new Member(7);
        chain.add(new Member(1));

        stranger.unlink();

        assertThat(stranger.isLinked()).isFalse();
        assertThat(drain()).containsExactly(1);
    }

    @Test
    void isIn_memberThatHasMoved_isOnlyInTheNewChain() {
        var other = new Chain<Member>();
        var member = new Member(1);
        chain.add(member);

        member.unlink();
        other.add(member);

        assertThat(member.isIn(other)).isTrue();
        assertThat(member.isIn(chain)).isFalse();
        assertThat(chain.isEmpty()).isTrue();
    }

    @Test
    void chain_randomOperations_behavesAsASetInOrderOfInsertion() {
        var random = new Random(SEED);
        var members = members(40);
        var model = new LinkedHashSet<Member>();
        for (int step = 0; step < 20_000; step++) {
            var member = members.get(random.nextInt(members.size()));
            if (random.nextInt(5) == 0) {
                var oldest = model.isEmpty() ? null : model.iterator().next();
                assertThat(chain.poll()).as("seed %d, step %d", SEED, step).isSameAs(oldest);
                model.remove(oldest);
            } else if (model.remove(member)) {
                member.unlink();
            } else {
                chain.add(member);
                model.add(member);
            }
            assertThat(member.isLinked()).as("seed %d, step %d", SEED, step).isEqualTo(model.contains(member));
        }

        var left = model.stream().map(member -> member.number).toList();
        assertThat(drain()).as("seed %d", SEED).isEqualTo(left);
    }

    private static List<Member> members(int count) {
        var members = new ArrayList<Member>();
        for (int i = 0; i < count; i++) {
            members.add(new Member(i));
        }
        return members;
    }

    private List<Integer> drain() {
        var numbers = new ArrayList<Integer>();
        for (var member = chain.poll(); member != null; member = chain.poll()) {
            numbers.add(member.number);
        }
        return numbers;
    }
}

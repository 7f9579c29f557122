package io.coffer.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** Gives the same answer to each question, until told another, and writes down what it was asked. */
final class ScriptedPolicy implements ExpiryPolicy {
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile Answer answer;

    /** What a policy may say. */
    enum Answer {
        ETERNAL {
            @Override
            Duration give() {
                return Duration.ETERNAL;
            }
        },
        ZERO {
            @Override
            Duration give() {
                return Duration.ZERO;
            }
        },
        THREE_MINUTES {
            @Override
            Duration give() {
                return new Duration(TimeUnit.MINUTES, 3);
            }
        },
        TEN_MINUTES {
            @Override
            Duration give() {
                return new Duration(TimeUnit.MINUTES, 10);
            }
        },
        NULL {
            @Override
            Duration give() {
                return null;
            }
        },
        THROWS {
            @Override
            Duration give() {
                throw new IllegalStateException("the policy fails, as the test wants it");
            }
        };

        abstract Duration give();
    }

    ScriptedPolicy(Answer answer) {
        this.answer = answer;
    }

    void say(Answer next) {
        answer = next;
    }

    /** Returns what it was asked since the last time. */
    List<String> drain() {
        var drained = new ArrayList<>(questions);
        questions.clear();
        return drained;
    }

    @Override
    public Duration getExpiryForCreation() {
        return answerTo("creation");
    }

    @Override
    public Duration getExpiryForAccess() {
        return answerTo("access");
    }

    @Override
    public Duration getExpiryForUpdate() {
        return answerTo("update");
    }

    private Duration answerTo(String question) {
        questions.add(question);
        return answer.give();
    }
}

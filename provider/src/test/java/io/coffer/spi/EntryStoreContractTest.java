package io.coffer.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract sees a store that breaks it: each mutant is caught by the test that is named beside it, which else passes. */
class EntryStoreContractTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void contract_mutant_isCaught(ContractMutant mutant) {
        var storage = new HeapStorage();

        assertThatExceptionOfType(InvocationTargetException.class)
                .as("is caught by " + mutant.caughtBy())
                .isThrownBy(() -> run(mutant.caughtBy(), storage, mutant.mutated(storage)))
                .satisfies(EntryStoreContractTest::requireSeen);
    }

    /** A test sees by what it expects, or by a call that fails and must not. */
    private static void requireSeen(InvocationTargetException e) {
        assertThat(e.getCause()).isInstanceOfAny(AssertionError.class, StoreException.class);
    }

    @ParameterizedTest
    @EnumSource
    void contract_noMutant_isNotCaught(ContractMutant mutant) {
        var storage = new HeapStorage();

        assertThatCode(() -> run(mutant.caughtBy(), storage, storage)).doesNotThrowAnyException();
    }

    /** Opening is the storage's part: each of these breaks a promise of it. */
    @Test
    void contract_storageThatLetsAnybodyIn_isCaught() {
        for (boolean twice : new boolean[] {true, false}) {
            var storage = new HeapStorage();
            var mutant = new AnybodysStorage(storage, twice, !twice);
            assertThatExceptionOfType(InvocationTargetException.class)
                    .isThrownBy(() -> run(mutant.caughtBy(), storage, mutant))
                    .satisfies(EntryStoreContractTest::requireSeen);
        }
    }

    private record AnybodysStorage(Storage right, boolean twice, boolean anyDescription) implements Storage {
        String caughtBy() {
            return twice ? "open_inUse_isRefusedAndNamesTheHolder" : "open_otherDescription_isRefusedAndNamesBoth";
        }

        @Override
        public EntryStore open(StoreOptions options) {
            try {
                return right.open(anyDescription ? with(options, options.folder(), "always the same") : options);
            } catch (StoreException e) {
                if (!twice) {
                    throw e;
                }
                return right.open(with(options, options.folder().resolve("second"), options.description()));
            }
        }

        private static StoreOptions with(StoreOptions same, Path folder, String description) {
            return new StoreOptions(
                    same.cacheName(),
                    folder,
                    same.holder(),
                    description,
                    same.durability(),
                    same.syncInterval(),
                    same.recovery(),
                    same.maxRecordBytes(),
                    same.maxDiskBytes(),
                    same.rejectsWhenFull(),
                    same.minFreeDiskBytes(),
                    same.encryption(),
                    same.wallClock());
        }

        @Override
        public boolean delete(StoreOptions options) {
            return right.delete(options);
        }
    }

    private void run(String test, HeapStorage faulty, Storage storage) throws ReflectiveOperationException {
        var contract = new HeapContract(faulty, storage);
        contract.openStore(folder);
        try {
            method(test).invoke(contract);
        } finally {
            contract.closeStore();
        }
    }

    private static Method method(String name) {
        var found = Arrays.stream(EntryStoreContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> method.getName().equals(name))
                .toList();
        assertThat(found).as("tests of that name").hasSize(1);
        return found.get(0);
    }

    /** Not run by itself: see {@link HeapStoreTest}. */
    private static final class HeapContract extends EntryStoreContract {
        private final HeapStorage faulty;
        private final Storage storage;

        HeapContract(HeapStorage faulty, Storage storage) {
            this.faulty = faulty;
            this.storage = storage;
        }

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public FailingWrites failingWrites() {
            return HeapStoreTest.failing(faulty);
        }
    }
}

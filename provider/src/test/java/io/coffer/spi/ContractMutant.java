package io.coffer.spi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that breaks one promise, and the test of {@link EntryStoreContract} that sees it. */
enum ContractMutant {
    FORGETS_DEADLINES("write_deadlinesNearAndFar_areKeptToTheMillisecond", store -> new ForwardingStore(store) {
        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            return right().write(key, expectedStamp, value, ETERNAL);
        }
    }),
    KEEPS_SECONDS("write_deadlinesNearAndFar_areKeptToTheMillisecond", store -> new ForwardingStore(store) {
        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            return right().write(
                            key,
                            expectedStamp,
                            value,
                            expiresAtMillis == ETERNAL ? ETERNAL : expiresAtMillis / 1_000 * 1_000);
        }
    }),
    TAKES_FAR_DEADLINES_FOR_ETERNAL(
            "write_deadlinesNearAndFar_areKeptToTheMillisecond", store -> new ForwardingStore(store) {
                @Override
                public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
                    long bits = expiresAtMillis - clock().millis() < 1L << 40 ? expiresAtMillis : ETERNAL;
                    return right().write(key, expectedStamp, value, bits);
                }
            }),
    USES_STAMPS_AGAIN("write_eachVersion_hasAStampOfItsOwn", ForgetfulStores.SameStampsAgain::new),
    WRITES_OVER_ANY_VERSION("write_overAnOlderVersion_isLost", store -> new ForwardingStore(store) {
        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            return right().write(key, ANY, value, expiresAtMillis);
        }
    }),
    TAKES_A_STAMP_FOR_ABSENT("write_overAVersionThatIsGone_isLost", store -> new ForwardingStore(store) {
        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            return right().write(key, find(key) == null ? ANY : expectedStamp, value, expiresAtMillis);
        }
    }),
    REMOVES_ANY_VERSION("remove_anOlderVersion_isRefused", store -> new ForwardingStore(store) {
        @Override
        public boolean remove(byte[] key, long expectedStamp) {
            return right().remove(key, ANY);
        }
    }),
    TOUCHES_ANY_VERSION("touch_anotherVersionOrNone_isRefused", store -> new ForwardingStore(store) {
        @Override
        public boolean touch(byte[] key, long stamp, long expiresAtMillis) {
            var state = find(key);
            return state != null && right().touch(key, state.stamp(), expiresAtMillis);
        }
    }),
    TOUCHES_BY_WRITING("touch_theExpectedVersion_keepsItsStampAndValue", store -> new ForwardingStore(store) {
        @Override
        public boolean touch(byte[] key, long stamp, long expiresAtMillis) {
            var entry = read(key);
            return entry != null && write(key, stamp, entry.value(), expiresAtMillis) != LOST;
        }
    }),
    TOUCHES_IN_MEMORY_ONLY("reopen_touched_hasTheNewDeadline", (store, memory) -> new ForwardingStore(store) {
        @Override
        public boolean touch(byte[] key, long stamp, long expiresAtMillis) {
            memory.put(Arrays.toString(key), read(key));
            return right().touch(key, stamp, expiresAtMillis);
        }

        @Override
        public void close() {
            memory.values().forEach(entry -> right().touch(entry.key(), entry.stamp(), entry.expiresAtMillis()));
            memory.clear();
            super.close();
        }
    }),
    LOSES_A_LOSER_SILENTLY("writeAll_someUnexpected_losesOnlyThose", store -> new ForwardingStore(store) {
        @Override
        public long[] writeAll(List<StoreWrite> writes) {
            return Arrays.stream(right().writeAll(writes))
                    .map(stamp -> Math.max(1, stamp))
                    .toArray();
        }
    }),
    WRITES_SOME_OF_ALL("writeAll_oneTooLarge_changesNothing", store -> new ForwardingStore(store) {
        @Override
        public long[] writeAll(List<StoreWrite> writes) {
            return writes.stream()
                    .mapToLong(one -> write(one.key(), one.expectedStamp(), one.value(), one.expiresAtMillis()))
                    .toArray();
        }
    }),
    DROPS_WHAT_IT_CANNOT_REPLACE(
            "change_whileTheDiskFails_throwsAndChangesNothing", store -> new ForwardingStore(store) {
                @Override
                public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
                    try {
                        return right().write(key, expectedStamp, value, expiresAtMillis);
                    } catch (StoreException e) {
                        right().invalidate(key);
                        throw e;
                    }
                }
            }),
    HIDES_INSTEAD_OF_INVALIDATING(
            "invalidate_whileTheDiskFails_isAbsentForEver", ForgetfulStores.HidesInvalidOnes::new),
    RETURNS_AN_ENTRY_TWICE("scan_twoAtOnce_doNotDisturbEachOther", store -> new ForwardingStore(store) {
        @Override
        public StoreCursor scan() {
            return ForgetfulStores.scan(right(), entries -> {
                entries.stream().findFirst().ifPresent(entries::add);
                return entries;
            });
        }
    }),
    PASSES_OVER_THE_LAST(
            "scan_whileEntriesComeAndGo_showsTheSteadyOnesExactlyOnce", store -> new ForwardingStore(store) {
                @Override
                public StoreCursor scan() {
                    return ForgetfulStores.scan(
                            right(),
                            entries -> entries.stream()
                                    .filter(entry ->
                                            !StoreUnderTest.text(entry.key()).equals("steady77"))
                                    .toList());
                }
            }),
    SHARES_READ_ARRAYS("read_arraysChangedByTheCaller_changesNothing", ForgetfulStores.SharesReadArrays::new),
    KEEPS_GIVEN_ARRAYS("write_arraysChangedAfterwards_storesWhatWasGiven", ForgetfulStores.KeepsGivenArrays::new),
    KEEPS_ONE_WHEN_CLEARED("clear_manyEntries_showsNothing", store -> new ForwardingStore(store) {
        @Override
        public void clear() {
            var kept = read(StoreUnderTest.bytes("k42"));
            right().clear();
            if (kept != null) {
                write(kept.key(), ANY, kept.value(), kept.expiresAtMillis());
            }
        }
    }),
    BRINGS_BACK_WHAT_WAS_REMOVED("reopen_removed_isStillAbsent", ForgetfulStores.UndoesOnClose::new),
    BRINGS_BACK_WHAT_WAS_CLEARED("reopen_cleared_hasOnlyWhatCameLater", ForgetfulStores.UndoesOnClose::new),
    UNCOVERS_WHAT_WAS_OVERWRITTEN("find_expired_showsNothingOlder", ForgetfulStores.UncoversOlderOnes::new),
    FAILS_WHEN_INTERRUPTED("call_interruptedBefore_worksAndStaysInterrupted", store -> new ForwardingStore(store) {
        @Override
        public @Nullable StoredEntry read(byte[] key) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StoreException(StoreException.Kind.FAILED, "Interrupted");
            }
            return right().read(key);
        }
    }),
    SWALLOWS_INTERRUPTS("call_interruptedBefore_worksAndStaysInterrupted", store -> new ForwardingStore(store) {
        @Override
        public void sync() {
            Thread.interrupted();
            right().sync();
        }
    }),
    CUTS_LONG_KEYS("write_keysOfAllLengths_areKeptApart", store -> new ForwardingStore(store) {
        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            return right().write(Arrays.copyOf(key, Math.min(key.length, 256)), expectedStamp, value, expiresAtMillis);
        }
    }),
    CUTS_LARGE_VALUES("write_valuesOfAllLengths_areKept", store -> new ForwardingStore(store) {
        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            return right().write(
                            key, expectedStamp, Arrays.copyOf(value, Math.min(value.length, 65_535)), expiresAtMillis);
        }
    }),
    DROPS_WHAT_EXPIRES_UNSEEN(
            "expired_deadlineHasPassed_showsTheKeyUntilItIsRemoved", store -> new ForwardingStore(store) {
                @Override
                public List<byte[]> expired(int most) {
                    right().expired(most).forEach(key -> right().remove(key, ANY));
                    return List.of();
                }
            }),
    SHOWS_WHAT_EXPIRES_ONCE(
            "expired_deadlineHasPassed_showsTheKeyUntilItIsRemoved", (store, memory) -> new ForwardingStore(store) {
                @Override
                public List<byte[]> expired(int most) {
                    return right().expired(most).stream()
                            .filter(key -> memory.put(Arrays.toString(key), read(key)) == null)
                            .toList();
                }
            }),
    SHOWS_THE_SAME_EXPIRED_ONES_AGAIN("expired_manyEntries_allHaveTheirTurn", store -> new ForwardingStore(store) {
        private List<byte[]> first = List.of();

        @Override
        public List<byte[]> expired(int most) {
            first = first.isEmpty() ? right().expired(most) : first;
            return first;
        }
    }),
    SHOWS_TOO_MANY_EXPIRED_ONES("expired_manyEntries_allHaveTheirTurn", store -> new ForwardingStore(store) {
        @Override
        public List<byte[]> expired(int most) {
            return right().expired(2 * most);
        }
    }),
    SHOWS_WHAT_LIVES_AS_EXPIRED("expired_writtenOrTouchedSince_isNotShown", ForgetfulStores.ShowsTooMuchAsExpired::new),
    SHOWS_WHAT_EXPIRED_WHILE_CLOSED("expired_whileClosed_isNotShown", ForgetfulStores.ShowsTooMuchAsExpired::new),
    COUNTS_WRITES("size_manyEntries_countsEachOnce", store -> new ForwardingStore(store) {
        private long writes;

        @Override
        public long write(byte[] key, long expectedStamp, byte[] value, long expiresAtMillis) {
            writes++;
            return right().write(key, expectedStamp, value, expiresAtMillis);
        }

        @Override
        public long size() {
            return writes;
        }
    }),
    ANSWERS_AFTER_CLOSING("call_closed_isRefused", store -> new ForwardingStore(store) {
        @Override
        public void invalidate(byte[] key) {
            try {
                right().invalidate(key);
            } catch (IllegalStateException closed) {
                // That is the mutation.
            }
        }
    });

    private final String caughtBy;
    private final BiFunction<EntryStore, Map<String, StoredEntry>, EntryStore> mutation;

    ContractMutant(String caughtBy, UnaryOperator<EntryStore> mutation) {
        this(caughtBy, (store, memory) -> mutation.apply(store));
    }

    ContractMutant(String caughtBy, BiFunction<EntryStore, Map<String, StoredEntry>, EntryStore> mutation) {
        this.caughtBy = caughtBy;
        this.mutation = mutation;
    }

    /** The test that sees it. */
    String caughtBy() {
        return caughtBy;
    }

    /** Returns a storage whose stores break the promise. */
    Storage mutated(Storage storage) {
        Map<String, StoredEntry> memory = new HashMap<>();
        return new Storage() {
            @Override
            public EntryStore open(StoreOptions options) {
                return mutation.apply(storage.open(options), memory);
            }

            @Override
            public boolean delete(StoreOptions options) {
                return storage.delete(options);
            }
        };
    }
}

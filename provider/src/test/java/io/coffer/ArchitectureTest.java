package io.coffer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the picture in ARCHITECTURE.md true. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LINES_MAX = 300;
    private static final int LINES_MEDIAN = 100;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.coffer");

    @Test
    void packages_importEachOtherOnlyAsInThePicture() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("io.coffer")
                .layer("spi")
                .definedBy("io.coffer.spi")
                .layer("common")
                .definedBy("io.coffer.common")
                .layer("store")
                .definedBy("io.coffer.store")
                .layer("lock")
                .definedBy("io.coffer.lock")
                .layer("codec")
                .definedBy("io.coffer.codec")
                .layer("tier")
                .definedBy("io.coffer.tier")
                .layer("expiry")
                .definedBy("io.coffer.expiry")
                .layer("event")
                .definedBy("io.coffer.event")
                .layer("integration")
                .definedBy("io.coffer.integration")
                .layer("management")
                .definedBy("io.coffer.management")
                .layer("config")
                .definedBy("io.coffer.config")
                .layer("micrometer")
                .definedBy("io.coffer.micrometer")
                .whereLayer("micrometer")
                .mayNotBeAccessedByAnyLayer()
                .layer("operation")
                .definedBy("io.coffer.operation")
                .layer("log")
                .definedBy("io.coffer.store.log")
                .layer("crypto")
                .definedBy("io.coffer.crypto")
                .layer("jcache")
                .definedBy("io.coffer.jcache")
                .whereLayer("jcache")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("operation")
                .mayOnlyBeAccessedByLayers("jcache")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("jcache")
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("config", "jcache")
                .whereLayer("expiry")
                .mayOnlyBeAccessedByLayers("config", "operation", "jcache")
                .whereLayer("event")
                .mayOnlyBeAccessedByLayers("operation", "jcache")
                .whereLayer("integration")
                .mayOnlyBeAccessedByLayers("operation", "jcache")
                .whereLayer("management")
                .mayOnlyBeAccessedByLayers("operation", "jcache")
                .whereLayer("tier")
                .mayOnlyBeAccessedByLayers("operation", "expiry", "jcache")
                .whereLayer("log")
                .mayOnlyBeAccessedByLayers("jcache")
                .whereLayer("log")
                .mayOnlyAccessLayers("store", "crypto", "spi", "common")
                .whereLayer("crypto")
                .mayOnlyAccessLayers("spi", "common")
                .whereLayer("crypto")
                .mayOnlyBeAccessedByLayers("log", "config", "tier", "jcache")
                .whereLayer("lock")
                .mayOnlyBeAccessedByLayers("tier", "event", "jcache")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("config", "event", "micrometer", "tier", "jcache")
                .whereLayer("spi")
                .mayOnlyBeAccessedByLayers("api", "codec", "config", "tier", "operation", "log", "crypto", "jcache")
                .whereLayer("common")
                .mayNotAccessAnyLayer()
                .whereLayer("store")
                .mayNotAccessAnyLayer()
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("log", "jcache")
                .check(CLASSES);
    }

    @Test
    void packages_haveNoCircles() {
        slices().matching("io.coffer.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "javax.management.., io.coffer.management",
        "java.lang.management.., io.coffer.management",
        "tools.jackson.databind.., io.coffer.codec",
        "io.micrometer.., io.coffer.micrometer",
        "javax.crypto.., io.coffer.crypto",
        "org.bouncycastle.., io.coffer.crypto",
        "java.nio.channels.., io.coffer.store"
    })
    void foreignPackage_isKnownOnlyInOnePlace(String foreign, String home) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(foreign)
                .check(CLASSES);
    }

    /** A codec maps objects, the configuration reads tokens, to know where each stands. */
    @Test
    void jackson_isKnownOnlyInCodecAndConfig() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.coffer.codec", "io.coffer.config")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void javaDeserialization_isKnownOnlyInCodec() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.coffer.codec")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CLASSES);
    }

    /** One user callback, one class, which owns the rule what its failure means. */
    @ParameterizedTest
    @CsvSource({
        "javax.cache.expiry.ExpiryPolicy, io.coffer.expiry.ExpiryTimes",
        "javax.cache.integration.CacheLoader, io.coffer.integration.ReadThrough",
        "javax.cache.integration.CacheWriter, io.coffer.integration.WriteThrough",
        "javax.cache.event.CacheEntryListener, io.coffer.event.ListenerRegistration",
        "javax.cache.event.CacheEntryEventFilter, io.coffer.event.ListenerRegistration",
        "javax.cache.processor.EntryProcessor, io.coffer.operation.EntryProcessing",
        "io.coffer.spi.Weigher, io.coffer.tier.Limits",
        "io.coffer.spi.Codec, io.coffer.tier.Encoding"
    })
    void userCallback_isCalledByOneClassOnly(Class<?> callback, String caller) {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(caller)
                .should()
                .accessTargetWhere(describe(
                        "calls " + callback.getSimpleName(),
                        call -> !List.of("<init>", "getClass", "of", "factoryOf", "filtered", "forKeys")
                                        .contains(call.getName())
                                && call.getTargetOwner().isAssignableTo(callback)
                                && !call.getOriginOwner().isAssignableTo(callback)))
                .check(CLASSES);
    }

    /** Statistics measure, and the one who opens logs on disk hands the timer on. */
    @Test
    void time_comesFromOutside() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.coffer.management")
                .and()
                .doNotHaveSimpleName("LogStorage")
                .should()
                .accessTargetWhere(describe("reads the system's clock", ArchitectureTest::readsClock))
                .check(CLASSES);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .check(CLASSES);
    }

    private static boolean readsClock(JavaAccess<?> call) {
        var method = call.getTargetOwner().getFullName() + "." + call.getName();
        return List.of("java.lang.System.currentTimeMillis", "java.lang.System.nanoTime", "java.time.Instant.now")
                .contains(method);
    }

    @Test
    void threads_areMadeInFourPlaces() {
        noClasses()
                .that()
                .doNotHaveSimpleName("BackgroundExecutor")
                .and()
                .doNotHaveSimpleName("EarlySync")
                .and()
                .doNotHaveSimpleName("ExpirySweeper")
                .and()
                .doNotHaveSimpleName("StoreThread")
                .should()
                .callConstructorWhere(describe(
                        "makes a thread",
                        call -> call.getTargetOwner().isAssignableTo(Thread.class)
                                || call.getTargetOwner().isAssignableTo(java.util.concurrent.ExecutorService.class)))
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .check(CLASSES);
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "borrows the common pool",
                        call -> call.getTargetOwner().getFullName().equals("java.util.concurrent.ForkJoinPool")))
                .check(CLASSES);
    }

    @Test
    void monitors_areNotUsed() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
    }

    @Test
    void staticFields_areFinal() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }

    /** What an operation means is written in its package; the façade only checks and hands on. */
    @Test
    void facade_knowsNoClockLockEventOrCounter() {
        noClasses()
                .that()
                .haveSimpleName("CheckedCache")
                .should()
                .dependOnClassesThat(resideInAPackage("io.coffer.event")
                        .or(resideInAPackage("io.coffer.expiry"))
                        .or(resideInAPackage("io.coffer.lock"))
                        .or(resideInAPackage("io.coffer.management"))
                        .or(resideInAPackage("io.coffer.integration"))
                        .or(assignableTo(InstantSource.class))
                        .or(resideInAPackage("java.util.concurrent..")))
                .check(CLASSES);
    }

    @Test
    void sourceFiles_areSmall() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            var lengths = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .map(ArchitectureTest::lengthOf)
                    .sorted()
                    .toList();
            assertThat(lengths.get(lengths.size() / 2)).as("median of lines").isLessThanOrEqualTo(LINES_MEDIAN);
            assertThat(lengths.get(lengths.size() - 1)).as("longest file").isLessThanOrEqualTo(LINES_MAX);
        }
    }

    private static int lengthOf(Path file) {
        try (var lines = Files.lines(file)) {
            return (int) lines.count();
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }
}

package io.coffer.store;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import org.junit.jupiter.api.Test;

/** Who may know the disk. The other rules stand in ArchitectureTest. */
class DiskAccessTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.coffer");

    /** The configuration reads its file, keys come from theirs, and a store is told its folder; all else about files is the store's. */
    @Test
    void paths_areKnownOnlyInConfigCryptoSpiAndStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.coffer.config", "io.coffer.crypto", "io.coffer.spi", "io.coffer.store")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.file..")
                .check(CLASSES);
    }

    /** Engines are written on io.coffer.store.Files, so that a test can crash the disk below them. A new key file is no engine's. */
    @Test
    void disk_isTouchedOnlyInStoreAndForANewKeyFile() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.coffer.store")
                .and()
                .doNotHaveFullyQualifiedName("io.coffer.crypto.NewKeyFile")
                .should()
                .dependOnClassesThat(belongToAnyOf(
                        RandomAccessFile.class,
                        FileInputStream.class,
                        FileOutputStream.class,
                        FileReader.class,
                        FileWriter.class))
                .check(CLASSES);
    }

    /** Its users see no class of the JDK that a simulated disk could not give them. */
    @Test
    void seam_doesNotShowTheDisk() {
        noClasses()
                .that()
                .haveFullyQualifiedName("io.coffer.store.Files")
                .or()
                .haveNameMatching("io\\.coffer\\.store\\.(Readable|Writable)File")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..")
                .check(CLASSES);
    }
}

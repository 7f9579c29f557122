package io.coffer.config;

import io.coffer.crypto.KeyFile;
import io.coffer.crypto.KeyText;
import io.coffer.crypto.KeyVariable;
import io.coffer.crypto.KeystoreKey;
import io.coffer.crypto.Passphrase;
import io.coffer.crypto.SeveralKeys;
import io.coffer.spi.KeyProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code key}: where the outer key of an encrypted store is. Never the key itself, and so no message shows a text that stands here,
 * but for names of classes.
 */
final class KeyForm {
    private static final String FILE = "file";
    private static final String ENV = "env";
    private static final String KEYSTORE = "keystore";
    private static final String ALIAS = "alias";
    private static final String PASSWORD_ENV = "passwordEnv";
    private static final String PASSPHRASE_FILE = "passphraseFile";
    private static final String PASSPHRASE_ENV = "passphraseEnv";
    private static final String PROVIDER = "provider";

    static final Set<String> NAMES =
            Set.of(FILE, ENV, KEYSTORE, ALIAS, PASSWORD_ENV, PASSPHRASE_FILE, PASSPHRASE_ENV, PROVIDER);

    /** One of these, each with what it needs beside it. */
    private static final Set<Set<String>> KINDS = Set.of(
            Set.of(FILE),
            Set.of(ENV),
            Set.of(KEYSTORE, ALIAS, PASSWORD_ENV),
            Set.of(PASSPHRASE_FILE),
            Set.of(PASSPHRASE_ENV),
            Set.of(PROVIDER));

    /** Who writes one of these means to write the key itself, or what it is made of. */
    private static final Set<String> MATERIAL = Set.of(
            "value",
            "secret",
            "key",
            "raw",
            "bytes",
            "base64",
            "hex",
            "password",
            "passwd",
            "passphrase",
            "phrase",
            "words");

    private static final String ELSEWHERE =
            ", but neither a key, a passphrase nor a password may stand here, where others read it: put a key into a"
                    + " file (\"file\"; io.coffer.crypto.NewKeyFile makes a new one), a passphrase into a file or a variable"
                    + " (\"passphraseFile\", \"passphraseEnv\"), the password of a keystore into a variable (\"passwordEnv\")";

    private static final String EXPECTED =
            "; expected where the key is, such as { \"file\": \"/run/secrets/coffer.key\" } or"
                    + " { \"env\": \"COFFER_KEY\" }";
    private static final String ONE_OF = "expected exactly one of { \"file\" }, { \"env\" }, { \"keystore\", \"alias\","
            + " \"passwordEnv\" }, { \"passphraseFile\" }, { \"passphraseEnv\" }, { \"provider\" }";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
    private static final List<String> PATH_BEGINS = List.of("/", "./", "../", "~");

    private KeyForm() {}

    /** Makes the holders of several keys, one after the other. */
    private record Several(ArrayList<Factory<? extends KeyProvider>> factories) implements Factory<KeyProvider> {
        private static final long serialVersionUID = 1L;

        @Override
        public KeyProvider create() {
            var holders = factories.stream().<KeyProvider>map(Factory::create).toList();
            return SeveralKeys.of(
                    holders.get(0), holders.subList(1, holders.size()).toArray(new KeyProvider[0]));
        }
    }

    /** Reads one or several; null if anything is wrong. */
    static @Nullable Factory<? extends KeyProvider> read(Node node, Reading reading) {
        if (!node.isArray()) {
            return readOne(node, reading);
        }
        var elements = node.elements();
        if (elements.isEmpty()) {
            throw new UnfitException("found an array with no key in it" + EXPECTED + ", or an array of several such");
        }
        var factories = new ArrayList<Factory<? extends KeyProvider>>();
        for (var element : elements) {
            var factory = reading.read(element, KeyForm::readOne);
            if (factory != null) {
                factories.add(factory);
            }
        }
        return factories.size() == elements.size() ? new Several(factories) : null;
    }

    /** Every member is read, so that all that is wrong is told; null if anything is. */
    private static @Nullable Factory<? extends KeyProvider> readOne(Node node, Reading reading) {
        if (node.text() != null) {
            throw new UnfitException(
                    "the key itself must not stand here, where others read it: put it into a file, or make a"
                            + " new one with io.coffer.crypto.NewKeyFile" + EXPECTED);
        }
        if (!node.isObject()) {
            throw new UnfitException("found " + node.kind() + EXPECTED);
        }
        var members = node.members();
        var file = reading.read(members, FILE, KeyForm::path);
        var variable = reading.read(members, ENV, KeyForm::variable);
        var keystore = reading.read(members, KEYSTORE, KeyForm::path);
        var alias = reading.read(members, ALIAS, KeyForm::alias);
        var password = reading.read(members, PASSWORD_ENV, KeyForm::variable);
        var passphraseFile = reading.read(members, PASSPHRASE_FILE, KeyForm::path);
        var passphraseVariable = reading.read(members, PASSPHRASE_ENV, KeyForm::variable);
        var provider = reading.read(members, PROVIDER, KeyForm::provider);
        if (hasUnknown(node, reading.problems())) {
            return null;
        }
        checkKind(members.keySet());
        if (keystore != null && alias != null && password != null) {
            return always(KeystoreKey.at(keystore, alias, password));
        }
        if (file != null) {
            return always(KeyFile.at(file));
        }
        if (variable != null) {
            return always(KeyVariable.named(variable));
        }
        if (passphraseFile != null) {
            return always(Passphrase.ofFile(passphraseFile));
        }
        return passphraseVariable == null ? provider : always(Passphrase.ofVariable(passphraseVariable));
    }

    private static Factory<KeyProvider> always(KeyProvider keys) {
        return new SingletonFactory<>(keys);
    }

    /** Tells of members that do not exist; what is named here by mistake may be the key. */
    private static boolean hasUnknown(Node node, Problems problems) {
        node.members().forEach((name, member) -> {
            if (!NAMES.contains(name)) {
                var word = name.toLowerCase(Locale.ROOT);
                problems.add(
                        member.namedAt(),
                        node.path(),
                        MATERIAL.contains(word)
                                ? "has a member \"" + word + "\"" + ELSEWHERE
                                : "has a member that does not exist" + Suggestion.among(NAMES, name));
            }
        });
        return !NAMES.containsAll(node.members().keySet());
    }

    private static void checkKind(Set<String> names) {
        if (!KINDS.contains(names)) {
            var found = names.isEmpty()
                    ? "nothing"
                    : String.join(", ", names.stream().sorted().toList());
            throw new UnfitException("has " + found + "; " + ONE_OF);
        }
    }

    private static Path path(Node node, Reading reading) {
        var text = text(node, reading);
        boolean isKey = text != null && PATH_BEGINS.stream().noneMatch(text::startsWith) && KeyText.isKey(text);
        try {
            if (text != null && !isKey && !text.isBlank() && !text.startsWith("~") && !text.startsWith("file:")) {
                return Path.of(text);
            }
        } catch (InvalidPathException e) {
            throw unfit(node, isKey, "the path of a file, such as \"/run/secrets/coffer.key\"");
        }
        throw unfit(node, isKey, "the path of a file, such as \"/run/secrets/coffer.key\"");
    }

    private static String variable(Node node, Reading reading) {
        var text = text(node, reading);
        boolean isKey = text != null && KeyText.isKey(text);
        if (text == null || isKey || !VARIABLE.matcher(text).matches()) {
            throw unfit(node, isKey, "the name of an environment variable, such as \"COFFER_KEY\"");
        }
        return text;
    }

    private static String alias(Node node, Reading reading) {
        var text = text(node, reading);
        if (text == null || text.isBlank() || KeyText.isKey(text)) {
            throw unfit(node, text != null && KeyText.isKey(text), "the alias of a key in the keystore");
        }
        return text;
    }

    private static Factory<KeyProvider> provider(Node node, Reading reading) {
        var text = text(node, reading);
        if (text == null || text.indexOf('.') < 0) {
            throw unfit(node, false, "the full name of a class that implements io.coffer.spi.KeyProvider");
        }
        return reading.factoryOf(node, KeyProvider.class);
    }

    private static @Nullable String text(Node node, Reading reading) {
        return node.text() == null ? null : reading.scalar(node);
    }

    private static UnfitException unfit(Node node, boolean isKey, String expected) {
        return new UnfitException(
                "found " + (isKey ? "a key, which must not stand here" : node.kind()) + "; expected " + expected);
    }
}

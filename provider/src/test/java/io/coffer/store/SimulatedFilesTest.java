package io.coffer.store;

/** The simulated directory is a directory. How it crashes stands in {@link CrashTest}, how it fails in {@link FaultsTest}. */
class SimulatedFilesTest extends FilesContract {
    @Override
    Files open() {
        return new SimulatedFiles();
    }
}

package io.coffer.store;

/** One simulated file, whatever its names are: what everybody reads now, and what has been synced. */
final class SimulatedFile {
    private final Content live;
    private final Content durable;

    SimulatedFile(byte[] bytes) {
        live = new Content(bytes);
        durable = new Content(bytes);
    }

    Content live() {
        return live;
    }

    Content durable() {
        return durable;
    }
}

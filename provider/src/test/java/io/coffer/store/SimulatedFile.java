package io.coffer.store;

/** One simulated file, whatever its names are: what everybody reads now, and what has been synced. */
final class SimulatedFile {
    private final Content live;
    private final Content durable;

    SimulatedFile(byte[] bytes) {
        this(new Content(bytes), new Content(bytes));
    }

    private SimulatedFile(Content live, Content durable) {
        this.live = live;
        this.durable = durable;
    }

    SimulatedFile copy() {
        return new SimulatedFile(live.copy(), durable.copy());
    }

    Content live() {
        return live;
    }

    Content durable() {
        return durable;
    }
}

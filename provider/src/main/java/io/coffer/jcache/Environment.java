package io.coffer.jcache;

import io.coffer.expiry.Sweeper;
import io.coffer.lock.WaitGraph;
import java.net.URI;
import java.time.InstantSource;

/**
 * What the caches of a manager share.
 *
 * @param managerUri the URI of the manager
 * @param context runs user code in the class loader of the manager
 * @param background runs what no caller waits for
 * @param sweeper removes what has expired unseen
 * @param waits who waits for whom, in all caches of the provider
 * @param clock tells the time
 * @param places knows where the stores are
 */
record Environment(
        URI managerUri,
        LoaderContext context,
        BackgroundExecutor background,
        Sweeper sweeper,
        WaitGraph waits,
        InstantSource clock,
        StorePlaces places) {}

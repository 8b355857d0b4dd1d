package org.espalier.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Lets one of several equal asks go ahead; the others find its answer in the journal. */
final class SingleFlight {
    private final Map<String, CountDownLatch> under = new ConcurrentHashMap<>();

    void enter(String key) throws InterruptedException {
        CountDownLatch mine = new CountDownLatch(1);
        for (CountDownLatch other = under.putIfAbsent(key, mine); other != null; other = under.putIfAbsent(key, mine)) {
            other.await();
        }
    }

    void leave(String key) {
        CountDownLatch mine = under.remove(key);
        if (mine != null) {
            mine.countDown();
        }
    }
}

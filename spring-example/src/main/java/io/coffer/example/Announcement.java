package io.coffer.example;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells on the console where the page is, as soon as the web server listens. */
@Component
public class Announcement implements ApplicationRunner {

    /** How the line begins; the address of the page follows. */
    public static final String START = "See what is cached at ";

    private final Environment environment;

    Announcement(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        System.out.println(START + "http://127.0.0.1:" + environment.getProperty("local.server.port") + "/");
    }
}

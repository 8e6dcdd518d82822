package org.tierstock.planted.rule03_application_opens_a_file.application;

import java.nio.file.Files;
import java.nio.file.Path;

public class ExportOrders {
    public boolean exported(String path) {
        return Files.exists(Path.of(path));
    }
}

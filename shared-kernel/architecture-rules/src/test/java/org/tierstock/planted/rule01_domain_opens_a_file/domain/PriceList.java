package org.tierstock.planted.rule01_domain_opens_a_file.domain;

import java.io.File;

public record PriceList(String path) {
    public boolean known() {
        return new File(path).exists();
    }
}

package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.tierstock.dispatch.application.port.RuleBook.Revised;
import org.tierstock.dispatch.domain.Region;

/** A region as Hibernate stores it. */
@Entity
@Table(name = "region")
class RegionEntity {
    @Id
    String code;

    String name;
    long revision;

    /** Takes everything over. */
    void take(Region region) {
        code = region.code();
        name = region.name();
        revision++;
    }

    Revised<Region> revised() {
        return new Revised<>(new Region(code, name), revision);
    }
}

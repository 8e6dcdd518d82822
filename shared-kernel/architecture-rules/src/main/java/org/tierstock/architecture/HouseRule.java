package org.tierstock.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One rule of the house.
 *
 * @param number its number in the house's list
 * @param sentence what holds
 * @param subjects what there must be for the rule to say anything (rule 14)
 * @param parts the rule for ArchUnit; all must hold
 */
record HouseRule(int number, String sentence, List<DescribedPredicate<JavaClass>> subjects, List<ArchRule> parts) {
    /** What breaks the rule; empty when it holds. */
    List<String> violations(JavaClasses classes) {
        return parts.stream()
                .map(part -> part.allowEmptyShould(true).evaluate(classes))
                .flatMap(result -> result.getFailureReport().getDetails().stream())
                .distinct()
                .toList();
    }

    /** The rule's name as a test. */
    String title() {
        return number + ". " + sentence;
    }
}

/**
 * What a rule is, as written in YAML: which {@link dev.alidade.watch.rule.Measure} of which layers,
 * under which {@link dev.alidade.watch.rule.Condition}, for how long. {@link
 * dev.alidade.watch.rule.RulePack} reads and checks a file of them; {@code rules.schema.json}
 * beside it says the same to editors.
 */
@NullMarked
package dev.alidade.watch.rule;

import org.jspecify.annotations.NullMarked;

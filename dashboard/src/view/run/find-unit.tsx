import { useState } from "preact/hooks";
import { chooseRegion, locates } from "../../model/focus-state";
import { integer } from "../../model/format";
import { parseUnits } from "../../model/region";
import { go } from "../../model/route";

/** Finds a unit by its number; several numbers become a region. */
export function FindUnit({ units }: { units: number }) {
  const [error, setError] = useState<string | null>(null);
  const find = (event: Event) => {
    event.preventDefault();
    const input = document.getElementById("find-unit") as HTMLInputElement;
    const wanted = parseUnits(input.value);
    const beyond = wanted?.find((unit) => unit >= units);
    if (wanted === null) return setError("a unit is a number");
    if (beyond !== undefined) {
      return setError(units === 1 ? "there is only unit 0" : `there are units 0 to ${integer(units - 1)}: no ${beyond}`);
    }
    setError(null);
    if (wanted.length === 1) {
      go({ unit: wanted[0] as number });
      locates.value++;
    } else chooseRegion(wanted);
    input.blur();
  };
  return (
    <form class="find" onSubmit={find}>
      <label>
        <span class="hidden">Find a unit by its number</span>
        <input
          id="find-unit"
          inputMode="numeric"
          autoComplete="off"
          placeholder={`unit 0–${units - 1}`}
          aria-invalid={error !== null}
          aria-describedby="find-error"
          title="Find a unit by its number; several numbers make a region (/)"
          onInput={() => setError(null)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          data-testid="find-unit"
        />
      </label>
      <span id="find-error" class="find-error" role="alert">
        {error}
      </span>
    </form>
  );
}

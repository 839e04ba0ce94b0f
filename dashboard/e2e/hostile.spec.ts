import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { crc32c } from "../src/wire/crc32c";
import { splitDelimited } from "../src/wire/delimited";
import { DescriptionSchema, EnvelopeSchema, type Description } from "../src/wire/gen/alidade/v1/alidade_pb";
import { expect, openRun, signIn, test } from "./page";

const MARKUP = '<img src="x" onerror="document.title=\'caught\'"><b>';

// The names are changed on their way to the page, so that any server and any training will do.
test("names that look like markup are text in every view", async ({ page }) => {
  await page.route(/\/frames\?kind=description/, async (route) => {
    const answer = await route.fetch();
    const parts = splitDelimited(new Uint8Array(await answer.body())).map(renamed);
    await route.fulfill({ response: answer, body: Buffer.concat(parts.flatMap((p) => [varint(p.length), Buffer.from(p)])) });
  });
  await page.route(/\/api\/v1\/runs$/, async (route) => {
    const answer = await route.fetch();
    const runs = (await answer.json()) as { name: string }[];
    await route.fulfill({ response: answer, json: runs.map((run) => ({ ...run, name: `${MARKUP}${run.name}` })) });
  });
  await signIn(page);
  await expect(page.getByTestId("run").first()).toContainText("<img src=");
  await expect(page.locator("main img, main b")).toHaveCount(0);
  await openRun(page);
  await expect(page.getByTestId("run-name")).toContainText("<img src=");
  await expect(page.getByTestId("tile").first().locator("b")).toContainText("<img src=");
  await page.getByTestId("tile").first().click();
  await expect(page.getByTestId("focus").locator("h2")).toContainText("<img src=");
  await expect(page.getByTestId("quantity").first()).toContainText("<img src=");
  await page.getByTestId("field-group").first().click();
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.title()).not.toBe("caught");
});

function renamed(bytes: Uint8Array): Uint8Array {
  const envelope = fromBinary(EnvelopeSchema, bytes);
  const description: Description = fromBinary(DescriptionSchema, envelope.payload);
  const names = new Set(description.layers.map((layer) => layer.name));
  const hostile = (name: string) => MARKUP + name;
  description.name = hostile(description.name);
  for (const layer of description.layers) {
    layer.name = hostile(layer.name);
    layer.type = hostile(layer.type);
    layer.inputs = layer.inputs.map((input) => (names.has(input) ? hostile(input) : input));
  }
  for (const quantity of description.quantities) {
    quantity.name = hostile(quantity.name);
    quantity.group = hostile(quantity.group);
    quantity.meaning = hostile(quantity.meaning);
  }
  description.groups = description.groups.map(hostile);
  const payload = toBinary(DescriptionSchema, description);
  return toBinary(EnvelopeSchema, create(EnvelopeSchema, { ...envelope, payload, crc32c: crc32c(payload) }));
}

function varint(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

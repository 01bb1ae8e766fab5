// What a report does in a browser: node report.mjs REPORT [FOLDER FOR SCREENSHOTS]
//
// The report is that of a run over the samples, a copy of one of them and hostile dumps, as tests/report.rs makes it.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const [, , report, shots] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const faults = [];

async function open(view, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("dialog", (dialog) => { faults.push("dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("pageerror", (error) => faults.push("error: " + error.message));
  page.on("console", (line) => { if (line.type() === "error") faults.push("console: " + line.text()); });
  page.on("request", (request) => { if (!request.url().startsWith("file:")) faults.push("request: " + request.url()); });
  const address = pathToFileURL(report).href;
  page.on("request", (request) => { if (request.url().split("#")[0] !== address) faults.push("request: " + request.url()); });
  await page.goto(`${address}#/${view}`);
  return page;
}

async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run());
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

/** The place of a dump in the lists. */
const at = (page, dump) => page.evaluate((dump) => JSON.parse(document.getElementById("rows").textContent).findIndex((row) => row.dump === dump), dump);
const heading = (page) => page.locator("h1").textContent();

const tests = {
  async "each view opens, in light and dark, wide and narrow, and axe finds no violation"() {
    const first = await open("");
    const [dump, story] = await Promise.all([at(first, "aggregator/tide-barrier.txt"), first.evaluate(() => JSON.parse(document.getElementById("stories").textContent).find((story) => story.copies > 0))]);
    const views = { overview: "", dumps: "dumps", dump: `dump/${dump}`, stories: "stories", story: `story/${story.row}/${story.article}`, suspects: "suspects", nowhere: "nowhere" };
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of [{ width: 1200, height: 800 }, { width: 360, height: 740 }]) {
        for (const [name, view] of Object.entries(views)) {
          const page = await open(view, { colorScheme, viewport });
          if (name === "dump") await page.keyboard.press("n");
          assert.deepEqual(await violations(page), [], `${name}, ${colorScheme}, ${viewport.width}`);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, `${name} is wider than the window`);
          const isShown = colorScheme === "dark" ? name === "dump" : name !== "nowhere";
          if (shots && isShown && viewport.width > 1000) await page.screenshot({ path: `${shots}/report-${name}${colorScheme === "dark" ? "-dark" : ""}.png` });
          if (shots && name === "dump" && colorScheme === "light" && viewport.width < 1000) await page.screenshot({ path: `${shots}/report-phone.png` });
          await page.context().close();
        }
      }
    }
  },

  async "a dump shows its text as it was, and what decided on each span"() {
    const page = await open("");
    await page.goto(page.url().split("#")[0] + "#/dump/" + await at(page, "aggregator/tide-barrier.txt"));
    await page.locator(".dump").waitFor();
    const text = await page.locator(".dump").evaluate((dump) => [...dump.querySelectorAll(".s")].map((span) => span.textContent).join(""));
    const block = await page.evaluate(() => JSON.parse(document.getElementById("r0").textContent).text);
    assert.equal(text, block);
    const share = page.locator(".dump del.k-share").first();
    await share.hover();
    assert.match(await page.locator(".why").textContent(), /rule:en\.share\.button/);
    assert.match(await share.evaluate((span) => getComputedStyle(span).textDecorationLine), /line-through/);
    await page.getByRole("button", { name: /^share 1/ }).click();
    assert.equal(await share.isVisible(), false);
    await page.getByRole("button", { name: /^share 1/ }).click();
    assert.equal(await share.isVisible(), true);
    await page.getByRole("button", { name: /Next removed/ }).click();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "DEL");
    assert.match(await page.locator("article.article").first().textContent(), /Harrow Bay tide barrier closes/);
  },

  async "all of it can be done by keyboard"() {
    const page = await open("");
    const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
    const tab_to = async (selector) => {
      for (let steps = 0; steps < 200; steps++) {
        await press("Tab");
        if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
      }
      assert.fail(`${selector} is not reached by the Tab key`);
    };
    await tab_to('nav a[href="#/dumps"]');
    await press("Enter");
    await page.getByRole("heading", { level: 1, name: "Dumps" }).waitFor();
    await tab_to('input[type="search"]');
    await page.keyboard.type("tide-barrier");
    await tab_to('td a[href^="#/dump/"]');
    await press("Enter");
    await page.locator(".dump").waitFor();
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    await press("n");
    const first = await focused();
    assert.equal(first, "Hashtags");
    await press("n");
    assert.notEqual(await focused(), first);
    await press("p");
    assert.equal(await focused(), first);
    await press("k");
    assert.match(await page.locator(".why").textContent(), /body/);
  },

  async "a story shows its copies and the words that differ"() {
    const page = await open("stories");
    await page.getByRole("link", { name: /Small newsrooms on the coast/ }).click();
    await page.getByRole("heading", { name: "One copy" }).waitFor();
    const marked = (side) => page.locator("ins.only." + side).allTextContents();
    assert.deepEqual([await marked("here"), await marked("there")].flat().filter((word) => word === "fifteen" || word === "fourteen").sort(), ["fifteen", "fourteen"]);
    assert.match(await page.locator("#main").textContent(), /Made one because most of either stands in the other/);
  },

  async "suspects lead to their places"() {
    const page = await open("suspects");
    await page.locator('td a[href^="#/dump/"]').first().click();
    await page.locator(".dump").waitFor();
  },

  async "what hostile dumps hold is text"() {
    const page = await open("");
    for (const dump of ["hostile.txt", "hostile.html"]) {
      await page.goto(page.url().split("#")[0] + "#/dump/" + await at(page, dump));
      await page.waitForFunction((dump) => document.querySelector("h1").textContent === dump, dump);
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => window.ran), undefined, dump);
      const inside = "main script, main img, main svg, main iframe, main a[href^=javascript], main [onclick], main [onerror]";
      assert.equal(await page.locator(inside).count(), 0);
      assert.match(await page.locator(".article").textContent(), /<img src=x onerror=/);
      const shown = await page.locator("#main").textContent();
      assert.doesNotMatch(shown, /[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
      assert.match(shown, /U\+202E/);
    }
    for (const view of ["", "dumps", "stories", "suspects"]) await page.goto(page.url().split("#")[0] + "#/" + view);
    assert.equal(await page.evaluate(() => window.ran), undefined);
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    assert.deepEqual(faults.splice(0), []);
    console.log(`ok: ${name}`);
  } catch (error) {
    failed++;
    console.error(`failed: ${name}\n${error.message}`);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);

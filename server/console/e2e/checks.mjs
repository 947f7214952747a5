// Counts what holds and what does not, and knows what every page must hold.
import AxeBuilder from '@axe-core/playwright';

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Named checks; `print` tells how many held. */
export function newChecks() {
  let passed = 0;
  let failed = 0;
  return {
    check(name, holds, detail = '') {
      if (holds) passed += 1;
      else failed += 1;
      console.log(`${holds ? 'ok   ' : 'FAIL '} ${name}${holds || detail === '' ? '' : `: ${detail}`}`);
    },
    /** Prints the count and answers whether all of at least one held. */
    print() {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 && passed > 0;
    },
  };
}

/** No WCAG 2.2 A or AA violation that axe can see. */
export async function checkAxe(checks, page, name) {
  const found = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
  const violations = found.violations.map((rule) => `${rule.id} (${rule.nodes.length}): ${rule.nodes[0].html.slice(0, 120)}`);
  checks.check(`${name}: axe sees no WCAG A or AA violation`, violations.length === 0 && found.passes.length > 10, violations.join('\n      '));
}

/** WCAG 1.4.10: nothing is wider than the window; names what is. */
export async function checkReflow(checks, page, name) {
  const found = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.left >= 0 && box.right > width + 1;
    });
    return { width, scroll: document.documentElement.scrollWidth, wide: wide.slice(0, 5).map((element) => `${element.tagName}.${element.getAttribute('class')}`) };
  });
  checks.check(`${name}: nothing is wider than the window (${found.width} px)`, found.scroll <= found.width && found.wide.length === 0, JSON.stringify(found));
}

/** What the page says of itself to those who hear it: one h1, landmarks, no script, a language. */
export async function checkFrame(checks, page, name, language) {
  const found = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: [...document.querySelectorAll('h1,h2,h3,h4')].map((heading) => Number(heading.tagName[1])),
    main: document.querySelectorAll('main').length,
    scripts: document.querySelectorAll('script, [onclick], [onload], [style], iframe').length,
  }));
  const steps = found.headings.every((level, index) => index === 0 || level <= found.headings[index - 1] + 1);
  checks.check(`${name}: the page says that it speaks ${language}`, found.lang === language, found.lang);
  checks.check(
    `${name}: one h1 first, no heading level skipped, one main`,
    found.headings[0] === 1 && found.headings.filter((level) => level === 1).length === 1 && steps && found.main === 1,
    JSON.stringify(found),
  );
  checks.check(`${name}: no script, no handler, no inline style`, found.scripts === 0);
}

/** The texts of what Tab reaches, in order, until it leaves the page. */
export async function tabOrder(page, most = 20) {
  const order = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const text = await page.evaluate(() => (document.activeElement === document.body ? null : document.activeElement.textContent.trim()));
    if (text === null || order.includes(text)) break;
    order.push(text);
  }
  return order;
}

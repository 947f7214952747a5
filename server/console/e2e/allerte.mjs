// The public page in a real browser, served by the real server: `node e2e/allerte.mjs`.
//
// CAMPANILE_SERVER is the binary, built with the feature demo; CHROMIUM the browser (/usr/bin/chromium).
// PICTURES=1 keeps the screenshots under docs/pictures, too.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { checkAxe, checkFrame, checkReflow, newChecks, tabOrder } from './checks.mjs';
import { readStream, startDemo } from './server.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const binary = process.env.CAMPANILE_SERVER;
if (!binary) throw new Error('set CAMPANILE_SERVER to the campanile-server binary, built with the feature demo');

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

const checks = newChecks();
const { check } = checks;
const kept = process.env.PICTURES === '1';
const pictures = kept ? join(root, 'docs/pictures') : mkdtempSync(join(tmpdir(), 'campanile-pictures-'));
mkdirSync(pictures, { recursive: true });

const server = await startDemo(binary);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });

/** A page in a context of its own, whose console and refused requests are remembered. */
async function open(options = {}, path = '/allerte') {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'it-IT', ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('response', (answer) => answer.status() >= 400 && complaints.push(`${answer.status()}: ${answer.url()}`));
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const answer = await page.goto(`${server.address}${path}`);
  return { context, page, complaints, requests, answer };
}

const picture = (page, name) => page.screenshot({ path: join(pictures, `allerte-${name}.png`), fullPage: true });

async function beforeTheBulletin() {
  const { context, page } = await open();
  const heading = await page.locator('h1').innerText();
  check('before the bulletin the level is not known, and never green', /non ancora noto|non nota/.test(heading), heading);
  check('before the bulletin nothing says "Nessuna allerta" of Modena', !(await page.locator('.standing').innerText()).includes('Nessuna allerta'));
  await context.close();
}

async function redAlert() {
  const { context, page, complaints, requests, answer } = await open();
  const headers = answer.headers();
  const policy = headers['content-security-policy'] ?? '';
  check("CSP allows the own style and images and nothing else", policy.startsWith("default-src 'none'; style-src 'self'; img-src 'self';") && !/unsafe|script|\*/.test(policy), policy);
  check('a cache may keep the page for seconds only, by language', /max-age=(\d|[12]\d|30)\b/.test(headers['cache-control']) && headers.vary?.includes('accept-language'), JSON.stringify(headers));
  check('everything comes from this server', requests.every((url) => url.startsWith(server.address)), requests.join(' '));
  check('the browser has no complaint', complaints.length === 0, complaints.join('\n      '));
  check('the style sheet is applied', (await page.locator('.standing').evaluate((box) => getComputedStyle(box).backgroundColor)) === 'rgb(179, 20, 43)');

  check('the heading says the level and the town', /^Allerta rossa a Modena/.test(await page.locator('h1').innerText()), await page.locator('h1').innerText());
  check('a demonstration says so', (await page.locator('.demo').innerText()).startsWith('Dimostrazione'));
  const first = page.locator('article.card').first();
  check('the first card is the red one with its octagon', (await first.getAttribute('class')).includes('rossa') && (await first.locator('h3 svg path.face').getAttribute('d')).startsWith('M8 1.5h8L22.5 8'));
  check('the card says what to do', (await first.locator('.todo h4').innerText()) === 'Cosa fare' && (await first.locator('.todo p').innerText()).length > 20);
  check('the card says who says it and when', /Fonte: Dipartimento della Protezione Civile, oggi alle \d\d:\d\d/.test(await first.innerText()));

  const table = page.locator('table').first();
  check('the table has the zone of Modena by name, for today and tomorrow', /Pianura modenese/.test(await table.innerText()) && /Oggi, .*Domani, /s.test(await table.innerText()), await table.innerText());
  check('its cells are headed by column and row', (await table.locator('thead th[scope=col]').count()) === 3 && (await table.locator('tbody th[scope=row]').count()) === 1);
  const cell = table.locator('tbody td').first();
  check('a cell has word, shape and risks', /Allerta rossa\s+rischio/.test(await cell.innerText()) && (await cell.locator('svg').count()) === 1, await cell.innerText());
  const others = page.locator('details');
  await others.locator('summary').click();
  const shapes = await others.locator('tbody td').evaluateAll((cells) => cells.map((cell) => [cell.querySelector('.level').className, cell.querySelector('.face').tagName + (cell.querySelector('.face').getAttribute('d') ?? '')]));
  const byLevel = new Map(shapes);
  check('each level has a shape of its own', shapes.length > 10 && byLevel.size > 1 && new Set(byLevel.values()).size === byLevel.size && shapes.every(([level, shape]) => byLevel.get(level) === shape), JSON.stringify([...byLevel]));
  await others.locator('summary').click();

  check('112 can be called', (await page.locator('a[href="tel:112"]').innerText()) === 'Chiama il 112');
  check('the official site of the region is named', (await page.locator('footer a').getAttribute('href')) === 'https://allertameteo.regione.emilia-romagna.it/');
  check('the page says that only the app verifies signatures', (await page.locator('footer').innerText()).includes("Solo l'app, sul tuo telefono, verifica le firme"));

  await checkFrame(checks, page, 'red', 'it');
  await checkAxe(checks, page, 'red');
  await picture(page, 'desktop');
  await context.close();

  const tabs = await open();
  const order = await tabOrder(tabs.page);
  const expected = ['Vai alle allerte', 'English', 'Ricarica', 'Chiama il 112', 'Le altre zone', 'Allerta Meteo'];
  check('Tab follows the page from top to bottom', order.length === expected.length && expected.every((text, index) => order[index].startsWith(text)), order.join(' > '));
  await tabs.context.close();

  const keyboard = await open();
  await keyboard.page.keyboard.press('Tab');
  check('the skip link shows itself on focus', await keyboard.page.locator('.skip').evaluate((link) => link.getBoundingClientRect().left >= 0));
  await keyboard.page.keyboard.press('Enter');
  check('the skip link leads to the alerts', (await keyboard.page.evaluate(() => document.activeElement.id)) === 'allerte');
  await keyboard.context.close();
}

async function languages() {
  const english = await open({ locale: 'en-GB' });
  check('a browser that prefers English gets it', (await english.page.locator('h1').innerText()).startsWith('Red alert in Modena'));
  await checkFrame(checks, english.page, 'English', 'en');
  await english.page.getByRole('link', { name: 'Italiano' }).click();
  check('the link changes to Italian, whatever the browser prefers', (await english.page.locator('h1').innerText()).startsWith('Allerta rossa a Modena'));
  await english.page.getByRole('link', { name: 'Ricarica' }).click();
  check('reloading keeps the language', (await english.page.locator('html').getAttribute('lang')) === 'it');
  await english.context.close();
  const strange = await fetch(`${server.address}/allerte?lang=en&lang=it&x=%ff`);
  check('a strange address gets the page all the same', strange.status === 200);
  const again = await fetch(`${server.address}/allerte`, { headers: { 'if-none-match': '*' } });
  check('who has the newest page is not sent it again', again.status === 304, String(again.status));
}

async function withoutScript() {
  const { context, page } = await open({ javaScriptEnabled: false });
  check('without JavaScript the page says the same', (await page.locator('h1').textContent()).includes('Allerta rossa a Modena'));
  await context.close();
}

async function phone() {
  const { context, page } = await open({ viewport: { width: 320, height: 640 }, isMobile: true });
  await page.locator('summary').click();
  await checkReflow(checks, page, 'phone');
  await page.locator('summary').click();
  const small = await page.locator('a:visible, summary').evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect()).filter((box) => box.right > 0 && box.height < 24).length);
  check('phone: every target is at least 24 px high', small === 0, String(small));
  check('phone: each cell of the table says its day', (await page.locator('tbody td').first().evaluate((cell) => getComputedStyle(cell, '::before').content)).startsWith('"Oggi, '));
  await checkAxe(checks, page, 'phone');
  await picture(page, 'phone');
  await context.close();
}

async function largeText() {
  const { context, page } = await open({ viewport: { width: 640, height: 900 } });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  // Whatever is not in rem or em would not grow.
  const size = await page.locator('.card .body p').last().evaluate((text) => getComputedStyle(text).fontSize);
  check('200 % text: words grow', Number.parseFloat(size) >= 34, size);
  await checkReflow(checks, page, '200 % text');
  await context.close();
}

async function dark() {
  const { context, page } = await open({ colorScheme: 'dark' });
  check('dark: the ground is dark, the level keeps its colour', (await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)) === 'rgb(23, 25, 28)' && (await page.locator('.standing').evaluate((box) => getComputedStyle(box).backgroundColor)) === 'rgb(179, 20, 43)');
  await checkAxe(checks, page, 'dark');
  await picture(page, 'dark');
  await context.close();
}

async function print() {
  const { context, page } = await open();
  await page.emulateMedia({ media: 'print' });
  check('print: what cannot be pressed on paper is left out', !(await page.locator('header a').isVisible()) && !(await page.locator('summary').isVisible()));
  check('print: the official address is written out', (await page.locator('footer a').evaluate((link) => getComputedStyle(link, '::after').content)).includes('https://'));
  await checkReflow(checks, page, 'print');
  await context.close();
}

/** The states that the demonstration does not reach, as the server's own tests hold them, under the served style and CSP. */
async function otherStates() {
  const folder = join(root, 'server/src/allerte/snapshots');
  const states = readdirSync(folder).filter((file) => file.endsWith('.snap'));
  check('the snapshots of the server tests are there', states.length >= 4, states.join(' '));
  for (const file of states) {
    const name = file.replace(/^.*__/, '').replace('.snap', '');
    const snapshot = readFileSync(join(folder, file), 'utf8');
    const html = snapshot.slice(snapshot.indexOf('<!DOCTYPE html>'));
    for (const [look, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 320, height: 640 } }]]) {
      const { context, page, complaints } = await open(options);
      await page.route('**/allerte?state', async (route) => {
        const real = await route.fetch({ url: `${server.address}/allerte` });
        await route.fulfill({ response: real, body: html });
      });
      await page.goto(`${server.address}/allerte?state`);
      check(`${name}, ${look}: the browser has no complaint`, complaints.length === 0, complaints.join('\n      '));
      await checkAxe(checks, page, `${name}, ${look}`);
      if (look === 'phone') await checkReflow(checks, page, name);
      if (look === 'light') {
        await checkFrame(checks, page, name, 'it');
        if (name === 'exercise') {
          const frame = await page.locator('.card.exercise').evaluate((card) => getComputedStyle(card).backgroundImage);
          check('an exercise has stripes and no level colour', frame.includes('repeating-linear-gradient') && (await page.locator('.card.exercise h3').evaluate((title) => getComputedStyle(title).backgroundColor)) === 'rgb(255, 255, 255)', frame);
        }
        if (name !== 'red_alert') await picture(page, name.replaceAll('_', '-'));
      }
      await context.close();
    }
  }
}

let whole = false;
try {
  await beforeTheBulletin();
  const reader = await readStream(server.address);
  await server.said('SENT');
  reader.close();
  for (const part of [redAlert, languages, withoutScript, phone, largeText, dark, print, otherStates]) await part();
  whole = true;
} catch (error) {
  check('the whole script ran', false, error.stack);
} finally {
  await browser.close();
  await server.stop();
  if (!kept) rmSync(pictures, { recursive: true, force: true });
}
process.exitCode = checks.print() && whole ? 0 : 1;

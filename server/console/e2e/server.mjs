// Starts the real server binary in its demo role and stops exactly that process.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts the demo on free ports. `address` is the server's, `said(text)` resolves when a line with that text came.
 * The bulletin is sent some seconds after a first reader is on the stream (`readStream`).
 */
export async function startDemo(binary) {
  const child = spawn(binary, ['demo', '--port', '0', '--phones', '1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  const waiting = [];
  let ended = false;
  const errors = [];
  child.stderr.on('data', (bytes) => errors.push(bytes));
  const settle = () => {
    for (const wait of [...waiting]) {
      const line = lines.find((line) => line.includes(wait.text));
      if (line) wait.resolve(line);
      else if (ended) wait.reject(new Error(`the server ended before it said "${wait.text}":\n${Buffer.concat(errors)}`));
      else continue;
      waiting.splice(waiting.indexOf(wait), 1);
    }
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    settle();
  });
  const exit = new Promise((resolve) => {
    const end = () => {
      ended = true;
      settle();
      resolve();
    };
    child.once('error', (error) => {
      errors.push(Buffer.from(String(error)));
      end();
    });
    child.once('exit', end);
  });
  const said = (text, seconds = 60) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the server did not say "${text}" in ${seconds} s`)), seconds * 1000);
      const done = (end) => (value) => {
        clearTimeout(late);
        end(value);
      };
      waiting.push({ text, resolve: done(resolve), reject: done(reject) });
      settle();
    });
  const stop = async () => {
    if (!ended) child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exit;
    clearTimeout(hard);
  };
  try {
    const line = await said('/allerte');
    const address = /http:\/\/[^/\s]+/.exec(line)[0];
    return { address, said, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Puts a reader on the live stream; `close` takes it off. */
export async function readStream(address) {
  const abort = new AbortController();
  const answer = await fetch(`${address}/v1/stream`, { signal: abort.signal });
  if (!answer.ok) throw new Error(`/v1/stream answered ${answer.status}`);
  return { close: () => abort.abort() };
}

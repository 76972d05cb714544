// What runs where:
//
// * `desktop`: every test.
// * `desktop-no-js`: without JavaScript, one journey through each flow (`@plain`). Its variants are HTTP tests, in server/tests/it.
// * `phone`: what is about layout (`@layout`).
// * `phone-no-js`: the walk through every page.
//
// The walk (pages.spec.ts) runs in all four, so that every page is inspected at every size, with and without JavaScript.
// A file `*.scripts.spec.ts` is about what JavaScript adds.

import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const systemChromium = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const walk = /pages\.spec\.ts$/;

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };
const phone = { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/end2end/results',
  globalSetup: './global-setup.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes on a second try has a fault all the same: it is listed as flaky. Only CI tries again, so that one slow page
  // does not hide what the other tests say.
  retries: process.env.CI ? 1 : 0,
  // Most take a few seconds; a busy machine with two cores takes its time.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./fixtures/slowest.ts']],
  use: {
    baseURL: process.env.NEXUS_E2E_URL,
    locale: 'en-US',
    timezoneId: 'UTC',
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(systemChromium ? { executablePath: systemChromium } : {}),
      args: [
        '--no-sandbox', // Chromium's sandbox refuses root.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: desktop },
    { name: 'desktop-no-js', use: { ...desktop, javaScriptEnabled: false }, grep: /@plain/ },
    { name: 'phone', use: phone, grep: /@layout/ },
    { name: 'phone-no-js', use: { ...phone, javaScriptEnabled: false }, testMatch: walk },
  ],
});

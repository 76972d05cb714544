// Every journey runs four times: on a desktop and a phone, with and without JavaScript.
//
// A file `*.setup.ts` runs first: it takes the one-time set-up link and makes the first organization.
// A file `*.hydrate.spec.ts` is about what JavaScript adds, so it is skipped where there is none.
// `restart.spec.ts` is about the program, not about browsers: one project runs it.

import { existsSync } from 'node:fs';
import { defineConfig, devices, type Project } from '@playwright/test';

const systemChromium = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const needsJavaScript = /.*\.hydrate\.spec\.ts$/;
const isAboutTheProgram = /restart\.spec\.ts$/;

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };
const phone = { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

function journeys(name: string, use: Project['use'], ignored: RegExp[] = [isAboutTheProgram]): Project[] {
  return [
    { name, use, testIgnore: ignored, dependencies: ['set-up'] },
    { name: `${name}-no-js`, use: { ...use, javaScriptEnabled: false }, testIgnore: [needsJavaScript, isAboutTheProgram], dependencies: ['set-up'] },
  ];
}

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
  reporter: [['list']],
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
    { name: 'set-up', use: desktop, testMatch: /.*\.setup\.ts$/ },
    ...journeys('desktop', desktop, []),
    ...journeys('phone', phone),
  ],
});

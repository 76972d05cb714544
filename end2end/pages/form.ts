// What all forms have in common.

import { expect, type Locator, type Page } from '@playwright/test';
import { inspect } from '../fixtures/a11y';

/** The summary on top of a refused form, and the message that describes the input itself. */
export async function expectProblem(page: Page, words: string | RegExp, field?: Locator): Promise<void> {
  const summary = page.getByRole('alert').filter({ has: page.getByRole('heading', { name: 'There is a problem' }) });
  await expect(summary.getByText(words)).toBeVisible();
  if (field) {
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(words instanceof RegExp ? words : new RegExp(escaped(words)));
  }
}

/** The same, and the page with the messages is inspected as a screen of its own. */
export async function expectInspectedProblem(page: Page, screen: string, words: string | RegExp, field?: Locator): Promise<void> {
  await expectProblem(page, words, field);
  await inspect(page, `${screen}, refused`);
}

function escaped(words: string): string {
  return words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

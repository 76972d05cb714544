// An organization's overview, and the page for those who may not open another.

import { expect, type Locator, type Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';

/** The tabs of an organization. */
export class Tabs {
  readonly all: Locator;

  constructor(page: Page) {
    this.all = page.getByRole('navigation', { name: 'Organization' }).getByRole('link');
  }

  one(name: string): Locator {
    return this.all.filter({ hasText: name });
  }

  async expectShown(...names: string[]): Promise<void> {
    await expect(this.all).toHaveText(names);
  }
}

/** Own role, own applications, a message, the way out. */
export class OverviewPage {
  readonly tabs: Tabs;
  readonly message: MessageForm;
  readonly leave: Locator;

  constructor(
    readonly page: Page,
    readonly organization: { slug: string; name: string },
  ) {
    this.tabs = new Tabs(page);
    this.message = new MessageForm(page);
    this.leave = page.getByRole('link', { name: 'Leave' });
  }

  async open(): Promise<void> {
    await this.page.goto(`/organizations/${this.organization.slug}`);
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, this.organization.name, 'overview');
    await expect(this.page).toHaveURL(new RegExp(`/organizations/${this.organization.slug}$`));
  }
}

/** A message to the administrators. */
export class MessageForm {
  readonly text: Locator;
  readonly send: Locator;
  readonly sent: Locator;

  constructor(page: Page) {
    this.text = page.getByRole('textbox', { name: 'Message' });
    this.send = page.getByRole('button', { name: 'Send message' });
    this.sent = page.getByText('Your message is on its way');
  }
}

/** Says to contact an administrator. */
export class ForbiddenPage {
  readonly message: MessageForm;

  constructor(readonly page: Page) {
    this.message = new MessageForm(page);
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'You may not open this page', 'forbidden');
  }
}

/** Nothing to see here. */
export async function notFoundArrived(page: Page): Promise<void> {
  await arrived(page, 'Page not found', 'not found');
}

/** Asks before somebody leaves. */
export class LeavePage {
  readonly confirm: Locator;

  constructor(
    readonly page: Page,
    readonly organization: { slug: string; name: string },
  ) {
    this.confirm = page.getByRole('button', { name: `Leave ${organization.name}` });
  }

  async arrived(): Promise<void> {
    await arrived(this.page, `Leave ${this.organization.name}`, 'leave');
  }
}

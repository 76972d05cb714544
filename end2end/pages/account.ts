// The header's menus, and the page about oneself.

import { expect, type Locator, type Page } from '@playwright/test';
import { arrived, inspect } from '../fixtures/a11y';

/** The round button and what it opens. */
export class ProfileMenu {
  readonly button: Locator;
  readonly menu: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole('button', { name: 'Profile' });
    this.menu = page.getByRole('group', { name: 'Profile' });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.menu).toBeVisible();
    await inspect(this.page, 'profile menu');
  }

  /** Unfolds an organization's own menu. */
  async choose(organization: string): Promise<void> {
    await this.menu.getByText(organization, { exact: false }).first().click();
    await expect(this.launch(organization)).toBeVisible();
  }

  launch(organization: string): Locator {
    return this.menu.getByRole('link', { name: `Launch ${organization}`, exact: true });
  }

  async signOut(): Promise<void> {
    await this.open();
    await this.menu.getByRole('button', { name: 'Sign out' }).click();
  }
}

/** The page about oneself. */
export class AccountPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/account');
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'My account', 'account');
  }
}

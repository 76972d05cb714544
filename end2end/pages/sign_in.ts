// Where somebody signs in.

import type { Locator, Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';

export class SignInPage {
  readonly identifier: Locator;
  readonly password: Locator;
  readonly submit: Locator;

  constructor(readonly page: Page) {
    this.identifier = page.getByLabel('Username or email');
    this.password = page.getByLabel('Password');
    this.submit = page.getByRole('button', { name: 'Sign in' });
  }

  async open(): Promise<void> {
    await this.page.goto('/sign-in');
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Sign in', 'sign in');
  }

  async signIn(identifier: string, password: string): Promise<void> {
    await this.identifier.fill(identifier);
    await this.password.fill(password);
    await this.submit.click();
  }
}

// The first page after signing in, and the way to an application.

import type { Locator, Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';

export class HomePage {
  readonly applications: Locator;
  readonly organizations: Locator;

  constructor(readonly page: Page) {
    this.applications = page.getByRole('region', { name: 'My applications' });
    this.organizations = page.getByRole('region', { name: 'My organizations' });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Home', 'home');
  }

  /** What is said of an organization that invites. */
  invitation(organization: string): Locator {
    return this.page.getByRole('status').filter({ hasText: `${organization} invites you` });
  }
}

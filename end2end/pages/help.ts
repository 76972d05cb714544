// The guides.

import type { Page } from '@playwright/test';
import { arrived } from '../fixtures/a11y';

/** Every guide, by its part of the address. */
export const GUIDES = {
  'signing-in': 'Signing in for the first time',
  'two-factor': 'Two-factor',
  'managing-people': 'Managing people',
  permissions: 'Permissions',
} as const;

export class HelpPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/help');
    await this.arrived();
  }

  async arrived(): Promise<void> {
    await arrived(this.page, 'Help', 'help');
  }

  async guideArrived(title: string): Promise<void> {
    await arrived(this.page, title, `guide: ${title}`);
  }
}

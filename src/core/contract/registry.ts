/** What can be chosen, as plain data: menus, `rooflab list` and argument checks are made from it. */
export interface Registry {
  readonly kernels: readonly {
    readonly id: string;
    readonly title: string;
    readonly dims: readonly string[];
    readonly variants: readonly string[];
  }[];
  readonly models: readonly { readonly id: string; readonly title: string; readonly note: string }[];
  readonly engines: readonly { readonly id: string; readonly title: string; readonly note: string }[];
  readonly experiments: readonly { readonly id: string; readonly question: string; readonly claim: string }[];
  readonly presets: readonly { readonly id: string; readonly title: string }[];
}

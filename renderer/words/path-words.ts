// What is said of a path that the browser does not let the page copy. Runs in the page.

export const pathIsSelected = 'The path is selected: press Ctrl+C, on a Mac ⌘C';

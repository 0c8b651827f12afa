// Suggestions under a search field: the combobox of the WAI-ARIA practices. Without it the form works as it is.

const ADDRESS = new URL("suggesties/", new URL("/zoeken/", location.href));
const SHORTEST = 3;
const PAUSE = 150; // milliseconds after the last key

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-suggesties`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggesties");
    this.list.hidden = true;
    input.after(this.list);
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.form.append(this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // keeps the focus in the field
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  later() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asked = new AbortController();
    const address = new URL(ADDRESS);
    address.searchParams.set("q", this.input.value);
    try {
      const answer = await fetch(address, { signal: this.asked.signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      this.close(); // typing goes on, or the network is away: the form still works
    }
  }

  show(texts) {
    if (!texts.length || document.activeElement !== this.input) return this.close();
    this.list.replaceChildren(...texts.map((text, number) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = text;
      return option;
    }));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = texts.length === 1 ? "1 suggestie" : `${texts.length} suggesties`;
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  get chosen() {
    return this.list.querySelector("[aria-selected=true]");
  }

  move(step) {
    const options = [...this.list.children];
    const next = options.indexOf(this.chosen) + step;
    this.chosen?.setAttribute("aria-selected", "false");
    const option = options[next < -1 ? options.length - 1 : next];
    if (!option) return this.input.removeAttribute("aria-activedescendant"); // back in the field
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    this.input.value = option.textContent;
    this.close();
    this.input.form.requestSubmit();
  }

  key(event) {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Enter" && this.chosen) this.choose(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }
}

for (const input of document.querySelectorAll('form[role=search] input[name=q]')) new Suggestions(input);

/* Drehscheibe: what the pages can do better with a script. All works without it. */
(() => {
  "use strict";

  const each = (selector, action) => document.querySelectorAll(selector).forEach(action);

  // Print: a button that needs this script shows only with it.
  each("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // On paper everything is unfolded; afterwards it is as before.
  const folded = [];
  window.addEventListener("beforeprint", () => {
    each("main details:not([open]):not(.facets)", (details) => {
      folded.push(details);
      details.open = true;
    });
  });
  window.addEventListener("afterprint", () => {
    folded.splice(0).forEach((details) => {
      details.open = false;
    });
  });

  // Browsers that cannot keep the filters open by style sheet open them here.
  const wide = window.matchMedia("(min-width: 64rem)");
  if (wide.matches && !CSS.supports("selector(::details-content)")) {
    each(".facets", (details) => {
      details.open = true;
    });
  }

  // Suggestions: an ARIA combobox on the search field. Without it the form just searches.
  const WAIT = 160;
  const SHORTEST = 2;

  class Combobox {
    constructor(form, number) {
      this.form = form;
      this.input = form.querySelector("input[name=q]");
      this.number = number;
      this.options = [];
      this.active = -1;
      this.build();
      this.listen();
    }

    build() {
      const id = `vorschlaege-${this.number}`;
      this.list = document.createElement("div");
      this.list.className = "suggest";
      this.list.id = id;
      this.list.setAttribute("role", "listbox");
      this.list.hidden = true;
      this.status = document.createElement("div");
      this.status.className = "vh";
      this.status.setAttribute("role", "status");
      const field = this.form.querySelector(".seek-field");
      field.append(this.list, this.status);
      const set = (name, value) => this.input.setAttribute(name, value);
      set("role", "combobox");
      set("aria-autocomplete", "list");
      set("aria-expanded", "false");
      set("aria-controls", id);
    }

    listen() {
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.form.addEventListener("focusout", (event) => {
        if (!this.form.contains(event.relatedTarget)) this.close();
      });
      // Keeps the focus in the field while an option is clicked.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.follow(option);
      });
      this.form.querySelectorAll("input[name=was]").forEach((radio) => {
        radio.addEventListener("change", () => this.close());
      });
    }

    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const text = this.input.value.trim();
      if (this.request) this.request.abort();
      if (text.length < SHORTEST) {
        this.close();
        return;
      }
      this.request = new AbortController();
      const address = new URL(this.form.dataset.suggest, window.location.href);
      address.searchParams.set("q", text);
      const chosen = this.form.querySelector("input[name=was]:checked");
      if (chosen) address.searchParams.set("was", chosen.value);
      try {
        const answer = await fetch(address, { signal: this.request.signal });
        if (!answer.ok) this.close();
        else if (document.activeElement === this.input) this.show(await answer.json());
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(data) {
      this.list.replaceChildren(...data.groups.map((group) => this.group(group)));
      this.list.setAttribute("aria-label", data.label);
      this.options = [...this.list.querySelectorAll("[role=option]")];
      this.options.forEach((option, index) => {
        option.id = `${this.list.id}-${index}`;
      });
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = data.status;
      this.open(this.options.length > 0);
    }

    group(group) {
      const box = document.createElement("div");
      const label = document.createElement("div");
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", group.label);
      box.dataset.kind = group.kind;
      label.className = "suggest-label";
      label.setAttribute("aria-hidden", "true");
      label.textContent = group.label;
      box.append(label, ...group.items.map((item) => this.option(item)));
      return box;
    }

    option(item) {
      const option = document.createElement("div");
      option.className = "suggest-option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = item.url;
      option.append(this.marked(item.title, item.marks));
      if (item.also) {
        const also = this.marked(item.also, item.also_marks);
        also.className = "suggest-also";
        option.append(" ", also);
      }
      return option;
    }

    // Text nodes only: whatever a title holds, it stays text.
    marked(text, marks = []) {
      const box = document.createElement("span");
      let at = 0;
      marks.forEach(([start, end]) => {
        const mark = document.createElement("b");
        mark.textContent = text.slice(start, end);
        box.append(text.slice(at, start), mark);
        at = end;
      });
      box.append(text.slice(at));
      return box;
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      window.clearTimeout(this.timer);
      this.open(false);
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
    }

    key(event) {
      const isOpen = !this.list.hidden;
      if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
        else this.ask();
      } else if ((event.key === "Home" || event.key === "End") && isOpen && this.active >= 0) {
        event.preventDefault();
        this.choose(event.key === "Home" ? 0 : this.options.length - 1);
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.follow(this.options[this.active]);
      }
    }

    move(step) {
      // One place before the first option is the field itself.
      const places = this.options.length + 1;
      this.choose(((this.active + 1 + step + places) % places) - 1);
    }

    choose(place) {
      this.active = place;
      this.options.forEach((option, index) => {
        option.setAttribute("aria-selected", String(index === this.active));
      });
      const option = this.options[this.active];
      if (option) {
        this.input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    follow(option) {
      window.location.assign(option.dataset.url);
    }
  }

  // Which place of the results was followed: told without a cookie and without a name.
  each("ol[data-click]", (list) => {
    const tell = (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.button > 1) return;
      const place = [...list.children].findIndex((item) => item.contains(link));
      const data = new FormData();
      data.append("seite", list.dataset.token);
      data.append("platz", String(list.start + place));
      navigator.sendBeacon(list.dataset.click, data);
    };
    list.addEventListener("click", tell);
    list.addEventListener("auxclick", tell);
  });

  document.querySelectorAll("form[data-suggest]").forEach((form, number) => new Combobox(form, number));
})();

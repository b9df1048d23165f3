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

  // Merkliste: kept in this browser and told to nobody. What a page of it shows, its
  // address says; own notes are in no address.
  const NOTED = "merkliste";
  const NOTED_VERSION = 1;
  const MOST_NOTED = 50;
  const REFERENCE = /^[a-z_]{1,30}-[1-9]\d{0,17}$/;

  class Noted {
    constructor() {
      this.read();
    }

    // What an older version or somebody else left behind is no error, but a problem.
    read() {
      this.entries = [];
      this.problem = "";
      try {
        this.entries = this.parse(window.localStorage.getItem(NOTED));
      } catch (error) {
        this.problem = error instanceof SyntaxError ? "unreadable" : "blocked";
      }
      return this.entries;
    }

    parse(text) {
      if (text === null) return [];
      const kept = JSON.parse(text);
      if (!kept || kept.version !== NOTED_VERSION || !Array.isArray(kept.entries)) throw new SyntaxError(NOTED);
      const found = new Map();
      kept.entries.forEach((entry) => {
        if (entry && REFERENCE.test(entry.m)) found.set(entry.m, { m: entry.m, note: String(entry.note || "") });
      });
      return [...found.values()].slice(0, MOST_NOTED);
    }

    // Another window may have written since: every change starts from what is kept now.
    change(action) {
      const entries = action(this.read());
      if (entries.length > MOST_NOTED) return "many";
      try {
        window.localStorage.setItem(NOTED, JSON.stringify({ version: NOTED_VERSION, entries }));
        this.read();
        return "";
      } catch {
        return this.problem === "blocked" ? "blocked" : "full";
      }
    }

    find(m) {
      return this.entries.find((entry) => entry.m === m);
    }

    add(references) {
      const missing = (kept) => references.filter((m) => !kept.some((entry) => entry.m === m));
      return this.change((kept) => [...kept, ...missing(kept).map((m) => ({ m, note: "" }))]);
    }

    remove(m) {
      return this.change((kept) => kept.filter((entry) => entry.m !== m));
    }

    address(path) {
      const query = this.entries.map((entry) => `m=${entry.m}`).join("&");
      return query ? `${path}?${query}` : path;
    }
  }

  // The page of a list: whose it is, own notes, and the ways to change the own one.
  class NotedPage {
    constructor(page, noted) {
      this.page = page;
      this.noted = noted;
      this.path = window.location.pathname;
      this.given = page.dataset.refs.split(" ").filter(Boolean);
      this.places = [...page.querySelectorAll("[data-ref]")];
      if (!window.location.search && noted.entries.length) window.location.replace(noted.address(this.path));
      this.listen();
    }

    listen() {
      const on = (selector, action) => {
        this.page.querySelectorAll(selector).forEach((part) => part.addEventListener("click", action));
      };
      on("[data-noted-adopt]", () => this.adopt());
      on("[data-noted-clear]", (event) => this.clear(event.target.dataset.question));
      on("[data-noted-markdown]", (event) => this.markdown(event));
      this.places.forEach((place) => {
        const m = place.dataset.ref;
        place.querySelector("textarea").addEventListener("input", (event) => this.write(m, event.target.value));
        place.querySelector("[data-noted-remove]").addEventListener("click", () => this.isOwn() && this.noted.remove(m));
      });
    }

    isOwn() {
      return this.given.length === this.noted.entries.length && this.given.every((m) => this.noted.find(m));
    }

    // Entries that are not on the own list; what nobody may see any more is not asked for.
    foreign() {
      const there = this.places.filter((place) => !("gone" in place.dataset));
      return there.map((place) => place.dataset.ref).filter((m) => !this.noted.find(m));
    }

    show() {
      const part = (name) => this.page.querySelector(`[data-noted-${name}]`);
      const isForeign = this.foreign().length > 0;
      const hasOwn = this.noted.entries.length > 0;
      const isShared = this.places.length > 0 && !this.isOwn();
      part("shared").hidden = !isShared || (!isForeign && !hasOwn) || this.noted.problem === "blocked";
      part("foreign").hidden = part("adopt").hidden = !isForeign;
      part("part").hidden = isForeign;
      part("mine").hidden = !hasOwn;
      part("mine").href = this.noted.address(this.path);
      if (part("clear")) part("clear").hidden = !this.isOwn();
      if (part("own")) part("own").hidden = !this.places.some((place) => this.noteOf(place));
      this.places.forEach((place) => this.showNote(place));
      if (this.noted.problem) say(this.noted.problem);
    }

    noteOf(place) {
      const entry = this.noted.find(place.dataset.ref);
      return entry ? entry.note.trim() : "";
    }

    showNote(place) {
      const entry = this.noted.find(place.dataset.ref);
      const box = place.querySelector("[data-noted-note]");
      const field = box.querySelector("textarea");
      box.hidden = !entry;
      box.classList.toggle("no-print", !this.noteOf(place));
      box.querySelector(".noted-printed").textContent = this.noteOf(place);
      if (entry && field !== document.activeElement) field.value = entry.note;
    }

    write(m, note) {
      const problem = this.noted.change((kept) => kept.map((entry) => (entry.m === m ? { m, note } : entry)));
      say(problem);
      this.show();
    }

    adopt() {
      const problem = this.noted.add(this.foreign());
      if (problem) say(problem);
      else window.location.assign(this.noted.address(this.path));
    }

    clear(question) {
      if (!window.confirm(question)) return;
      const problem = this.noted.change(() => []);
      if (problem) say(problem);
      else window.location.assign(this.path);
    }

    // The file comes without notes; here they are put below their entries.
    async markdown(event) {
      event.preventDefault();
      const link = event.currentTarget;
      const answer = await fetch(link.href).catch(() => null);
      if (!answer || !answer.ok) return;
      const there = this.places.filter((place) => !("gone" in place.dataset));
      const [head, ...sections] = (await answer.text()).split("\n## ");
      const noteAt = (index) => (there[index] ? this.noteOf(there[index]) : "");
      const quoted = (note) => `\n> **${link.dataset.noteLabel}:** ${note.replace(/\n/g, "\n> ")}\n`;
      const text = [head, ...sections.map((part, index) => part.trimEnd() + "\n" + (noteAt(index) && quoted(noteAt(index))))];
      const file = document.createElement("a");
      const name = /filename="(.+?)"/.exec(answer.headers.get("Content-Disposition"));
      const whole = text.join("\n## ").replace(`${link.dataset.noteMissing}\n\n`, "");
      file.href = URL.createObjectURL(new Blob([whole], { type: "text/markdown" }));
      file.download = name ? name[1] : `${NOTED}.md`;
      file.click();
      URL.revokeObjectURL(file.href);
    }
  }

  const noted = new Noted();
  const notedPages = [];

  function say(name) {
    each("[data-noted-status]", (status) => {
      status.textContent = status.dataset[name] || "";
    });
  }

  function showNoted() {
    each("[data-noted]", (link) => {
      const count = link.querySelector("[data-noted-count]");
      link.href = noted.address(link.pathname);
      count.hidden = !noted.entries.length;
      count.lastElementChild.textContent = noted.entries.length;
    });
    each("[data-note]", (button) => {
      const label = button.querySelector("[data-on]");
      const isOn = Boolean(noted.find(button.dataset.note));
      button.setAttribute("aria-pressed", String(isOn));
      label.textContent = isOn ? label.dataset.on : label.dataset.off;
    });
    notedPages.forEach((page) => page.show());
  }

  // A browser that keeps nothing still has the link to a list by its address.
  each("[data-note]", (button) => {
    button.hidden = noted.problem === "blocked";
    button.nextElementSibling.hidden = !button.hidden;
    button.addEventListener("click", () => {
      const m = button.dataset.note;
      const isOn = Boolean(noted.find(m));
      say((isOn ? noted.remove(m) : noted.add([m])) || (isOn ? "removed" : "added"));
      showNoted();
    });
  });
  each("[data-noted-list]", (page) => notedPages.push(new NotedPage(page, noted)));
  showNoted();

  // Changed in another window, or while this page lay behind another one.
  const lookAgain = () => {
    noted.read();
    showNoted();
  };
  window.addEventListener("storage", (event) => {
    if (event.key === NOTED || event.key === null) lookAgain();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) lookAgain();
  });
})();

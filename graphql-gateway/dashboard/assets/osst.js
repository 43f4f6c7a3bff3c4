// <osst-live src>: keeps what lies in it up to date. Parts come as HTML by one stream of server-sent events and are laid
// over what is there, so that focus, selection, scrolling and open details stay. While the page is hidden there is no
// stream.
(() => {
  const again = 1000;

  /** Makes one node like another, and touches only what differs. */
  function morph(old, now) {
    if (old.nodeType !== now.nodeType || old.nodeName !== now.nodeName || old.id !== now.id) {
      old.replaceWith(now);
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== now.data) old.data = now.data;
      return;
    }
    for (const { name } of [...old.attributes]) {
      // What the viewer opened stays open.
      if (!now.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) old.removeAttribute(name);
    }
    for (const { name, value } of now.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    children(old, now);
  }

  function children(old, now) {
    const wanted = [...now.childNodes];
    wanted.forEach((node, i) => {
      if (i < old.childNodes.length) morph(old.childNodes[i], node);
      else old.append(node);
    });
    while (old.childNodes.length > wanted.length) old.lastChild.remove();
  }

  class Live extends HTMLElement {
    static observedAttributes = ['src'];

    connectedCallback() {
      this.look = () => (document.hidden ? this.close() : this.open());
      document.addEventListener('visibilitychange', this.look);
      this.look();
    }

    disconnectedCallback() {
      document.removeEventListener('visibilitychange', this.look);
      this.close();
    }

    attributeChangedCallback(name, before, after) {
      if (this.stream && before !== after) {
        this.close();
        this.open();
      }
    }

    close() {
      clearTimeout(this.later);
      this.stream?.abort();
      this.stream = null;
    }

    async open() {
      if (this.stream) return;
      const stream = this.stream = new AbortController();
      try {
        const answer = await fetch(this.getAttribute('src'), { signal: stream.signal, cache: 'no-store' });
        if (answer.status === 401 || answer.status === 403) location.reload();
        if (answer.ok) await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
      } catch {
        // The server is away for a moment, or this stream was closed.
      }
      if (this.stream === stream) {
        this.stream = null;
        this.dataset.state = 'off';
        this.later = setTimeout(() => this.look(), again);
      }
    }

    async read(reader) {
      let text = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        const events = (text + value).split('\n\n');
        text = events.pop();
        this.dataset.state = 'on';
        for (const event of events) {
          if (event.startsWith('event: over')) location.reload();
          else if (event.startsWith('event: parts\ndata: ')) this.show(JSON.parse(event.slice(19)));
        }
      }
    }

    show(parts) {
      const at = document.activeElement, before = at.getBoundingClientRect().top;
      for (const [id, html] of Object.entries(parts)) {
        const part = document.getElementById(`part-${id}`);
        if (!part) return location.reload(); // The page has another form now.
        const made = document.createElement('template');
        made.innerHTML = `<!--part ${id}-->${html}<!--end-->`;
        children(part, made.content);
      }
      // The browser keeps the top of the window in place; who reads lower down sees what is focused stay.
      const moved = at.getBoundingClientRect().top - before;
      if (moved && at.isConnected && at !== document.body && before > 0 && before < innerHeight) scrollBy(0, moved);
    }
  }

  document.addEventListener('click', event => event.target.closest('[data-print]') && print());

  customElements.define('osst-live', Live);
})();

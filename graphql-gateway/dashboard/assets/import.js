// <osst-import>: sends a file part by part. The browser keeps nothing of it; the server says how far a part reached. A
// part whose answer was lost is sent again as it is: its lines are known by their place in the import.
(() => {
  const mib = 1 << 20, patienceMs = 300000, longestPauseMs = 10000, answerMs = 90000, partBytes = 98304, fewest = 4096;

  const grouped = n => String(n).replace(/\B(?=(\d{3})+$)/g, '\u00a0');

  class Import extends HTMLElement {
    connectedCallback() {
      this.at = id => this.querySelector(`#${id}`);
      this.at('file').addEventListener('change', () => this.choose(this.at('file').files[0]));
      for (const id of ['kind', 'source', 'day']) this.at(id).addEventListener('change', () => this.choose(this.file));
      this.at('dry').addEventListener('click', () => this.start(true));
      this.at('go').addEventListener('click', () => this.start(false));
      this.at('stop').addEventListener('click', () => { this.isStopped = true; });
      this.at('import-form').addEventListener('submit', event => event.preventDefault());
      const drop = this.querySelector('.drop');
      for (const name of ['dragover', 'dragleave', 'drop']) drop.addEventListener(name, event => {
        event.preventDefault();
        drop.classList.toggle('over', name === 'dragover');
        if (name === 'drop' && event.dataTransfer.files.length) {
          this.at('file').files = event.dataTransfer.files;
          this.choose(event.dataTransfer.files[0]);
        }
      });
      this.leave = event => this.isRunning && event.preventDefault();
      addEventListener('beforeunload', this.leave);
    }

    disconnectedCallback() {
      this.isStopped = true;
      removeEventListener('beforeunload', this.leave);
    }

    say(key, n) {
      this.at('state').textContent = (this.dataset[key] ?? '').replace('{n}', grouped(n));
    }

    async post(path, given) {
      const form = new FormData(), { name, value } = this.querySelector('#import-form input[type=hidden]');
      form.append(name, value);
      for (const [key, one] of Object.entries(given)) form.append(key, one);
      return await fetch(`/import/${path}`, { method: 'POST', body: form, signal: AbortSignal.timeout(answerMs) });
    }

    async choose(file) {
      if (this.isRunning || !file) return;
      Object.assign(this, { file, job: null, course: null, size: partBytes });
      this.isCsv = file.name.toLowerCase().endsWith('.csv');
      for (const id of ['run', 'course', 'refusals']) this.at(id).hidden = true;
      try {
        const answer = await this.post('look', {
          kind: this.at('kind').value, csv: +this.isCsv, last: +(file.size <= this.size),
          part: file.slice(0, this.size),
        });
        if (!answer.ok || file !== this.file) return this.fail(answer.status);
        const look = await answer.json();
        this.at('look').innerHTML = look.html;
        this.begin = look;
        this.at('run').hidden = !look.isUsable;
      } catch {
        this.fail(0);
      }
    }

    fail(status) {
      this.at('run').hidden = this.at('course').hidden = false;
      this.at('sign').hidden = status !== 401;
      this.say(status === 401 ? 'signedOut' : 'failed', status);
    }

    /** Of slices, so that a large file need not be in memory. */
    async fingerprint() {
      const sums = [];
      for (let at = 0; at < this.file.size || at === 0; at += mib) {
        sums.push(await crypto.subtle.digest('SHA-256', await this.file.slice(at, at + mib).arrayBuffer()));
      }
      const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(sums).arrayBuffer()));
      return [...sum].map(byte => byte.toString(16).padStart(2, '0')).join('');
    }

    async start(isRehearsal) {
      if (this.isRunning) return;
      this.isRunning = true;
      this.isStopped = false;
      this.show(true);
      try {
        if (!crypto.subtle) return this.say('insecure');
        // What was stopped goes on; anything else begins.
        if (this.course?.isRehearsal !== isRehearsal || this.course.isOver) await this.open(isRehearsal);
        if (this.course) await this.run();
      } catch (fault) {
        this.say(fault.name === 'NotReadableError' || fault.name === 'NotFoundError' ? 'changed' : 'failed', 0);
      } finally {
        this.isRunning = false;
        this.show(false);
      }
    }

    async open(isRehearsal) {
      this.course = null;
      this.at('refusals').hidden = true;
      const file = await this.fingerprint();
      const answer = await this.patiently(() => this.post('begin', {
        kind: this.at('kind').value, source: this.at('source').value, day: this.at('day').value,
        dry: +isRehearsal, file,
      }));
      if (!answer) return;
      const { job, goesOn } = await answer.json();
      const { head, lines } = this.begin;
      this.course = { job, isRehearsal, goesOn, at: head, lines, records: 0, counts: {}, told: [], why: new Map() };
    }

    async run() {
      const { course, file } = this;
      this.report(course);
      while (course.at < file.size && !course.fault) {
        if (this.isStopped) return this.say('stopped', course.records);
        const answer = await this.patiently(() => this.post('lines', {
          job: course.job, csv: +this.isCsv, dry: +course.isRehearsal, records: course.records, lines: course.lines,
          last: +(course.at + this.size >= file.size), head: file.slice(0, this.isCsv ? this.begin.head : 0),
          part: file.slice(course.at, course.at + this.size),
        }));
        if (!answer) return;
        this.add(course, await answer.json());
      }
      course.isOver = true;
      if (!course.fault && !course.isRehearsal) await this.patiently(() => this.post('end', {}));
      if (course.fault) this.at('state').textContent = course.fault;
      else this.say(course.isRehearsal ? 'rehearsed' : 'done', course.records);
    }

    add(course, part) {
      course.at += part.bytes;
      course.records += part.records;
      course.lines = part.lines;
      course.fault = part.fault;
      for (const [status, n] of Object.entries(part.counts)) course.counts[status] = (course.counts[status] ?? 0) + n;
      for (const one of part.told) {
        course.told.push(`${[one.status, one.line, one.record, one.field ?? '', one.code, one.reason]
          .map(cell => `"${String(cell).replaceAll('"', '""')}"`).join(',')}\r\n`);
        if (!one.refused) continue;
        const key = `${one.code} ${one.field}`, why = course.why.get(key) ?? { ...one, n: 0, at: [] };
        course.why.set(key, why);
        if (++why.n <= 5) why.at.push(one.line);
      }
      if (course.told.length > 1000) course.told = [new Blob(course.told)];
      this.report(course);
    }

    report(course) {
      this.at('bar').value = this.file.size ? course.at / this.file.size : 1;
      for (const cell of this.querySelectorAll('[data-status]')) {
        cell.textContent = grouped(course.counts[cell.dataset.status] ?? 0);
      }
      this.say(course.isRehearsal ? 'rehearsing' : course.goesOn ? 'goesOn' : 'going', course.records);
      if (!course.told.length) return;
      this.at('refusals').hidden = false;
      this.querySelector('#refusals tbody').replaceChildren(...[...course.why.values()].map(why => {
        const row = document.createElement('tr'), lines = why.at.join(', ') + (why.n > why.at.length ? ' ...' : '');
        const head = Object.assign(document.createElement('th'), { scope: 'row', textContent: why.reason });
        row.append(head, ...[why.field === 'line' ? '\u2013' : why.field, grouped(why.n), lines].map(text =>
          Object.assign(document.createElement('td'), { textContent: text })));
        return row;
      }));
    }

    /** The answer, once the server gives one; null when it gives none that helps. */
    async patiently(ask) {
      for (let pause = 200, since = Date.now(); ; pause = Math.min(2 * pause, longestPauseMs)) {
        let answer = null;
        try {
          answer = await ask();
        } catch (fault) {
          if (fault.name === 'NotReadableError' || fault.name === 'NotFoundError') throw fault;
        }
        if (answer?.ok) return answer;
        if (answer?.status === 413 && this.size > fewest) {
          this.size /= 2;
        } else if (answer && answer.status < 500 && answer.status !== 429) {
          return void this.fail(answer.status);
        } else if (this.isStopped || Date.now() - since > patienceMs) {
          return void this.say(this.isStopped ? 'stopped' : 'failed', this.course?.records ?? 0);
        } else {
          this.say('again', this.course?.records ?? 0);
          await new Promise(done => setTimeout(done, pause));
        }
      }
    }

    show(isRunning) {
      this.at('course').hidden = false;
      this.at('stop').hidden = !isRunning;
      for (const id of ['dry', 'go', 'file', 'kind', 'source', 'day']) this.at(id).disabled = isRunning;
      if (isRunning) this.at('sign').hidden = true;
      const told = this.course?.told;
      if (isRunning || !told?.length) return;
      URL.revokeObjectURL(this.at('report').href);
      this.at('report').href = URL.createObjectURL(
        new Blob(['\ufeff', 'status,line,record,field,code,reason\r\n', ...told], { type: 'text/csv' }));
    }
  }

  customElements.define('osst-import', Import);
})();

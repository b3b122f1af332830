// Curves in a canvas: a lane for each series, its name and last value in front. Rows come in batches (RowRing.Batch): i64 number of the
// first, f64 its time, then f32 time after that and f32 values for each row. Rows that are missing are counted by the numbers.
import { listen } from './gestures.js';
import { drawAxis } from './plot-axis.js';
import { show, shorten } from './plot-text.js';

const capacity = 65536;
const laneHeight = { line: 58, pin: 24 };
const axisHeight = 20, headHeight = 16;
const frameMs = 33, restMs = 200;

export function create(canvas, host, options) {
    return new Plot(canvas, host, options);
}

class Plot {
    constructor(canvas, host, options) {
        Object.assign(this, { canvas, host, options, lanes: [], bands: [], paused: false, frames: 0, lost: 0, begun: performance.now(), looked: 0 });
        canvas.plot = this;
        this.context = canvas.getContext('2d');
        this.letGo = listen(canvas, this);
        this.resizing = new ResizeObserver(() => this.dirty = true);
        this.resizing.observe(canvas);
        this.forget(0);
        const tick = now => {
            this.timer = requestAnimationFrame(tick);
            if (now - this.looked > 500) {
                // Other colours: a curve at rest has to be drawn anew.
                this.looked = now;
                this.dirty ||= getComputedStyle(canvas).color !== this.ink?.text;
            }
            const moves = this.options.scrolls && !this.paused && this.count > 0 && now - this.arrived < 1000;
            // A curve at rest is drawn at once when somebody handles it, and else now and then while it grows.
            const pace = this.options.scrolls || now - (this.handled ?? 0) < 1000 ? frameMs : restMs;
            if ((this.dirty || moves) && now - (this.drawn ?? 0) >= pace - 4) {
                Object.assign(this, { drawn: now, dirty: false, frames: this.frames + 1 });
                this.draw(now);
            }
        };
        this.timer = requestAnimationFrame(tick);
    }

    dispose() {
        cancelAnimationFrame(this.timer);
        this.resizing.disconnect();
        this.letGo();
    }

    // Other series, or others of the same: what was there is forgotten.
    forget(series) {
        Object.assign(this, { series, count: 0, first: -1, selection: null, view: null, stopped: null, arrived: 0 });
        this.times = new Float64Array(capacity);
        this.values = new Float32Array(capacity * Math.max(1, series));
        this.dirty = true;
    }

    setLanes(lanes) { Object.assign(this, { lanes, dirty: true }); }
    setBands(bands) { Object.assign(this, { bands, dirty: true }); }
    look(from, to) { Object.assign(this, { view: from < to ? [from, to] : null, dirty: true, handled: performance.now() }); }
    setSeconds(seconds) { this.options.seconds = seconds; this.dirty = true; }
    select(from, to) { Object.assign(this, { selection: from < to ? [from, to] : null, dirty: true, handled: performance.now() }); }
    pause(paused) { this.paused = paused; this.stopped = paused ? this.edge(performance.now()) : null; this.dirty = true; }
    stats() { return { frames: this.frames, rows: this.count, lost: this.lost, seconds: (performance.now() - this.begun) / 1000 }; }

    push(bytes, series) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const first = Number(view.getBigInt64(0, true));
        const begin = view.getFloat64(8, true);
        if (series !== this.series) {
            this.forget(series);
        }

        this.lost += this.count > 0 ? Math.max(0, first - this.first - this.count) : 0;
        if (this.count === 0) {
            this.first = first;
        }

        for (let at = 16; at < bytes.byteLength; at += 4 * (1 + series)) {
            const row = this.count % capacity;
            this.times[row] = begin + view.getFloat32(at, true);
            for (let s = 0; s < series; s++) {
                this.values[(row * series) + s] = view.getFloat32(at + 4 * (s + 1), true);
            }
            this.count++;
        }
        this.first = first + ((bytes.byteLength - 16) / (4 * (1 + series))) - this.count;
        this.arrived = performance.now();
        this.dirty = true;
    }

    colour(number) { return this.options.colours[number % this.options.colours.length]; }
    time(row) { return this.times[row % capacity]; }
    get oldest() { return Math.max(0, this.count - capacity); }

    // The time at the right end: it goes on between two batches, so that curves glide.
    edge(now) {
        if (this.stopped !== null) {
            return this.stopped;
        }
        return this.count === 0 ? 0 : this.time(this.count - 1) + (this.options.scrolls ? Math.min(now - this.arrived, 400) : 0);
    }

    range(now) {
        if (this.options.scrolls) {
            const end = this.edge(now);
            return [end - this.options.seconds * 1000, end];
        }
        return this.view ?? (this.count === 0 ? [0, 1] : [this.time(this.oldest), Math.max(this.time(this.count - 1), this.time(this.oldest) + 1)]);
    }

    rowAt(time) {
        let low = this.oldest, high = this.count;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.time(middle) < time) { low = middle + 1; } else { high = middle; }
        }
        return low;
    }

    draw(now) {
        const ratio = window.devicePixelRatio || 1;
        const c = this.context;
        const style = getComputedStyle(this.canvas);
        c.font = `12px ${style.fontFamily}`;
        const wide = this.canvas.clientWidth;
        // Enough for "0.0123 to 0.974" on a telephone, too; a name that is longer gets a line of its own above the lane.
        const left = Math.min(150, Math.max(128, wide * 0.3));
        const heads = this.lanes.map(lane => c.measureText(lane.name).width > left - 14 ? headHeight : 0);
        const high = this.lanes.reduce((sum, lane, number) => sum + laneHeight[lane.kind] + heads[number], 0) + axisHeight;
        if (this.canvas.width !== Math.round(wide * ratio) || this.canvas.height !== Math.round(high * ratio)) {
            this.canvas.width = Math.round(wide * ratio);
            this.canvas.height = Math.round(high * ratio);
            this.canvas.style.height = `${high}px`;
        }
        this.ink = { text: style.color, grid: style.borderTopColor };
        c.setTransform(ratio, 0, 0, ratio, 0, 0);
        c.clearRect(0, 0, wide, high);
        c.font = `12px ${style.fontFamily}`;
        const [from, to] = this.range(now);
        const x = time => left + (wide - left) * (time - from) / (to - from);
        this.geometry = { from, to, left, wide };
        this.drawBands(x, left, wide, high - axisHeight);
        const [begin, end] = [Math.max(this.oldest, this.rowAt(from) - 1), Math.min(this.count, this.rowAt(to) + 1)];
        let top = 0;
        this.lanes.forEach((lane, number) => {
            this.drawLane(lane, this.colour(number), top, heads[number], x, begin, end, left, wide);
            top += laneHeight[lane.kind] + heads[number];
        });
        drawAxis(this, from, to, x, left, top, wide);
    }

    drawBands(x, left, wide, high) {
        const c = this.context;
        for (const band of this.bands) {
            const a = Math.max(left, x(band.from)), b = Math.min(wide, x(band.to));
            if (b > a) {
                c.fillStyle = this.colour(band.colour) + '2e';
                c.fillRect(a, 0, b - a, high);
                c.fillStyle = this.ink.text;
                if (c.measureText(band.name).width < b - a - 4) {
                    c.fillText(band.name, a + 3, high - 4);
                }
            }
        }
        const chosen = this.selection ?? (this.options.windowMs > 0 ? [this.geometry.to - this.options.windowMs, this.geometry.to] : null);
        if (chosen) {
            const a = Math.max(left, x(chosen[0])), b = Math.min(wide, x(chosen[1]));
            this.dash(a, 0, a, high);
            this.dash(b, 0, b, high);
            c.globalAlpha = 0.12;
            c.fillStyle = this.ink.text;
            c.fillRect(a, 0, b - a, high);
            c.globalAlpha = 1;
        }
    }

    dash(fromX, fromY, toX, toY) {
        const c = this.context;
        c.strokeStyle = this.ink.text;
        c.setLineDash([5, 4]);
        c.beginPath();
        c.moveTo(fromX, fromY);
        c.lineTo(toX, toY);
        c.stroke();
        c.setLineDash([]);
    }

    drawLane(lane, colour, top, head, x, begin, end, left, wide) {
        const c = this.context, height = laneHeight[lane.kind];
        c.fillStyle = this.ink.text;
        c.fillText(shorten(c, lane.name, (head > 0 ? wide : left) - 14), 9, top + 15);
        top += head;
        // Beside a curve that stands still stands its own last value.
        const rows = this.stopped === null ? this.count : this.rowAt(this.stopped);
        const last = rows > this.oldest ? this.values[((rows - 1) % capacity) * this.series + lane.series] : NaN;
        c.fillStyle = this.ink.grid;
        c.fillRect(0, top + height - 1, wide, 1);
        c.save();
        c.beginPath();
        c.rect(left, top, wide - left, height);
        c.clip();
        const ends = lane.kind === 'pin' ? this.drawPin(lane, colour, top, height, x, begin, end) : this.drawLine(lane, colour, top, height, x, begin, end, left, wide);
        c.restore();
        c.fillStyle = colour;
        c.fillRect(0, top + 6, 4, height - 12);
        c.fillStyle = this.ink.text;
        if (lane.kind === 'line') {
            c.fillText(Number.isNaN(last) ? '' : show(last) + (lane.unit ? ' ' + lane.unit : ''), 9, top + 31 - head);
            if (ends) {
                c.globalAlpha = 0.75;
                c.fillText(shorten(c, `${show(ends[0])} to ${show(ends[1])}`, left - 14), 9, top + 47 - head);
                c.globalAlpha = 1;
            }
        }
    }

    // Where there are more rows than pixels, each pixel gets the least and the most of its rows.
    drawLine(lane, colour, top, height, x, begin, end, left, wide) {
        let least = Infinity, most = -Infinity;
        for (let r = begin; r < end; r++) {
            const v = this.values[(r % capacity) * this.series + lane.series];
            if (v < least) { least = v; }
            if (v > most) { most = v; }
        }
        for (const line of lane.lines ?? []) { least = Math.min(least, line.value); most = Math.max(most, line.value); }
        if (!(most >= least)) {
            return null;
        }
        const room = Math.max((most - least) * 0.08, lane.step ?? 1e-6);
        const y = v => top + 5 + (height - 10) * (1 - (v - least + room) / (most - least + 2 * room));
        const c = this.context;
        (lane.lines ?? []).forEach((line, number) => {
            // Side by side, however near the values are, and none on the line of the other.
            const at = y(line.value);
            const isUnder = at < top + 14 || (at + 12 < top + height && lane.lines.some(other => y(other.value) < at && y(other.value) > at - 14));
            this.dash(left, at, wide, at);
            c.fillStyle = this.ink.text;
            c.fillText(line.name, wide - c.measureText(line.name).width - 4 - 34 * number, at + (isUnder ? 12 : -3));
        });
        const gap = this.options.gapMs ?? 1000;
        c.strokeStyle = colour;
        c.lineWidth = 1.6;
        c.beginPath();
        let [pixel, low, high, before] = [-1, 0, 0, NaN];
        const pour = () => { if (pixel >= 0 && low !== high) { c.lineTo(pixel, y(low)); c.lineTo(pixel, y(high)); } };
        for (let r = begin; r < end; r++) {
            const v = this.values[(r % capacity) * this.series + lane.series];
            const t = this.time(r), at = Math.round(x(t) * 2) / 2;
            if (Number.isNaN(v)) { before = NaN; continue; }
            if (Number.isNaN(before) || t - before > gap) {
                c.moveTo(at, y(v));
                [pixel, low, high] = [at, v, v];
            } else if (at === pixel) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            } else {
                pour();
                c.lineTo(at, y(v));
                [pixel, low, high] = [at, v, v];
            }
            before = t;
        }
        pour();
        c.stroke();
        return [least, most];
    }

    drawPin(lane, colour, top, height, x, begin, end) {
        const c = this.context;
        let since = null;
        c.fillStyle = colour;
        for (let r = begin; r <= end; r++) {
            const on = r < end && this.values[(r % capacity) * this.series + lane.series] > 0.5;
            if (on && since === null) {
                since = x(this.time(r));
            } else if (!on && since !== null) {
                c.fillRect(since, top + 5, Math.max(1, x(this.time(Math.min(r, end - 1))) - since), height - 10);
                since = null;
            }
        }
    }

    shift(ms) { this.stopped += ms; this.dirty = true; }

    // A curve that scrolls shows more or fewer seconds; one at rest is looked at about a place, or about what is chosen.
    zoom(factor, about) {
        if (this.options.scrolls) {
            this.setSeconds(Math.min(600, Math.max(1, this.options.seconds * factor)));
            return;
        }
        const [from, to] = this.range(performance.now());
        const centre = about ?? (this.selection ? (this.selection[0] + this.selection[1]) / 2 : (from + to) / 2);
        const next = [centre - (centre - from) * factor, centre + (to - centre) * factor];
        const view = next[1] - next[0] >= this.time(this.count - 1) - this.time(this.oldest) ? null : next;
        Object.assign(this, { view, dirty: true, handled: performance.now() });
    }
}

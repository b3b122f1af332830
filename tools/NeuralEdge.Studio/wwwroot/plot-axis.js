// Times below the curves: seconds before now, numbers of rows, or the time of day and the date.
import { show } from './plot-text.js';

const clockSteps = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800].map(s => s * 1000);

export function drawAxis(plot, from, to, x, left, top, wide) {
    const c = plot.context;
    const most = Math.max(2, (wide - left) / 90);
    c.fillStyle = plot.ink.text;
    const marks = [];
    const write = (time, text) => marks.push({ at: x(time), text });
    if (plot.options.clock) {
        const step = clockSteps.find(s => (to - from) / s <= most) ?? Math.ceil((to - from) / most / 604800000) * 604800000;
        // Whole hours and days are those of the place where somebody looks.
        const zone = new Date(from).getTimezoneOffset() * 60000;
        for (let n = Math.ceil((from - zone) / step); n * step + zone <= to; n++) {
            write(n * step + zone, clock(n * step + zone, step));
        }
        draw(c, marks, top, wide);
        return;
    }
    const scale = plot.options.scrolls ? 1000 : 1;
    const raw = (to - from) / scale / most;
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 5, 10].find(n => n * power >= raw) * power;
    const zero = plot.options.scrolls ? to : 0;
    for (let n = Math.ceil((from - zero) / scale / step); n * step * scale + zero <= to; n++) {
        write(n * step * scale + zero, n === 0 && plot.options.scrolls ? (plot.stopped === null ? 'now' : 'paused') : show(n * step) + (plot.options.scrolls ? ' s' : ''));
    }
    draw(c, marks, top, wide);
}

// From the right: the newest is moved in from the edge, and the one before it gives way where they would lie on each other.
function draw(c, marks, top, wide) {
    let room = wide;
    for (const { at, text } of marks.reverse()) {
        c.fillRect(at, top, 1, 3);
        const width = c.measureText(text).width;
        const begin = Math.min(at, wide - width - 2);
        if (begin + width < room) {
            c.fillText(text, begin, top + 14);
            room = begin - 4;
        }
    }
}

function clock(time, step) {
    const at = new Date(time);
    const two = n => String(n).padStart(2, '0');
    const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
    const hour = `${two(at.getHours())}:${two(at.getMinutes())}`;
    return step >= 86400000 || hour === '00:00' ? day : step < 60000 ? `${hour}:${two(at.getSeconds())}` : hour;
}

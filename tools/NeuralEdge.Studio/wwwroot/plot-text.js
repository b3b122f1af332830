// Numbers and names in the little room of a plot.
export function show(value) {
    const size = Math.abs(value);
    return size >= 1000 ? value.toFixed(0) : size >= 10 ? value.toFixed(1).replace(/\.0$/, '') : String(Number(value.toPrecision(3)));
}

export function shorten(context, text, room) {
    while (text.length > 2 && context.measureText(text).width > room) {
        text = text.slice(0, -2) + '…';
    }
    return text;
}

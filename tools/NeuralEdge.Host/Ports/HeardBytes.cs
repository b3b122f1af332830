using System.Text;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host.Ports;

/// <summary>What a port that does not answer as a board has sent, in words.</summary>
internal static class HeardBytes
{
    // Less than that share of letters, digits and the like is no text at this baud rate.
    private const double LeastText = 0.8;
    private const int LeastBytes = 8;
    private const string NoBoard = "check that the port is the one of NeuralEdge's link and not the debugger's, and that the firmware is deployed";

    // What programs say that are found on such ports; the first that fits.
    private static readonly (string[] Words, string Sentence)[] Known =
    [
        (["Brownout detector"], "the board says that its supply voltage breaks down: give it another cable, another USB socket or a supply of its own"),
        (["Guru Meditation", "abort() was called"], "the firmware on the board crashes: flash nanoFramework's newest image and deploy the firmware again"),
        (["invalid header", "No bootable app"], "the board has no firmware: flash nanoFramework and deploy the firmware (firmware/README.md)"),
        (["waiting for download"], "the board waits for firmware instead of running it: let go of the BOOT button, take GPIO 0 (on newer chips 9) off ground, and press reset"),
        (["NFPKTV1", "NFDBGV1", "MRKPCKT", "MSpktV1", "MSdbgV1"], $"nanoFramework's debugger speaks there, not the link: {NoBoard}"),
        (["MicroPython", ">>> ", "raw REPL"], "MicroPython answers there: flash nanoFramework and deploy the firmware (firmware/README.md)"),
        (["ets J", "rst:0x", "ESP-IDF", "ESP-ROM", "boot:"], $"the board's boot messages come there, but no answer: {NoBoard}"),
        (["login:", "Password:"], "a computer's console answers there, no board: give another port"),
    ];

    /// <summary>What is there, as a part of a sentence with what to do; null when nothing was heard.</summary>
    /// <param name="heard">The bytes that came.</param>
    internal static string? Describe(byte[] heard)
    {
        if (heard.Length == 0)
        {
            return null;
        }

        string text = Encoding.Latin1.GetString(heard);
        if (Occurrences(text, "rst:0x") > 1)
        {
            return "the board restarts again and again: look at its supply and its cable, then at its firmware";
        }

        foreach ((string[] words, string sentence) in Known)
        {
            if (Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal)))
            {
                return sentence;
            }
        }

        if (HasHello(heard))
        {
            return "what is sent comes back unchanged: RX and TX are bridged, or the other side echoes; connect the adapter's TX to the board's RX and its RX to the board's TX";
        }

        int printable = heard.Count(b => b is >= 0x20 and < 0x7F or (byte)'\r' or (byte)'\n' or (byte)'\t');
        return heard.Length >= LeastBytes && printable >= LeastText * heard.Length
            ? $"another program's text comes there, no answer of a board: {NoBoard}"
            : $"bytes come that are nothing at {SerialLine.BaudRate} baud: another baud rate, a loose ground or a bad cable; {NoBoard} (the debugger's port runs at 921600 baud)";
    }

    // Our own request, which no board sends.
    private static bool HasHello(byte[] heard)
    {
        FrameReader reader = new(new LinkCounters(), 4096);
        HeardLink link = new(heard);
        while (reader.Read(link, 0))
        {
            if (reader.Type == (int)LinkRequest.Hello)
            {
                return true;
            }
        }

        return false;
    }

    private static int Occurrences(string text, string word)
    {
        int count = 0;
        for (int at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    /// <summary>Bytes that came earlier, for the frame reader.</summary>
    private sealed class HeardLink(byte[] bytes) : IByteLink
    {
        private int _at;

        public int Available => bytes.Length - _at;

        public int Read(byte[] buffer, int offset, int count)
        {
            count = Math.Min(count, Available);
            Array.Copy(bytes, _at, buffer, offset, count);
            _at += count;
            return count;
        }

        public int Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Heard bytes are only read.");

        public void Reopen() => throw new NotSupportedException("Heard bytes are only read.");
    }
}

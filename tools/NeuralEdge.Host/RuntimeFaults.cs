using NeuralEdge.Board.Chips;

namespace NeuralEdge.Host;

/// <summary>
/// Images of the runtime with faults that a board meets. Their version tells: version.json of nanoframework/nf-interpreter went to 1.16.0 with
/// commit 463e6ee9 of 2026-03-31, behind #3273, #3277 and #3278, and to 1.17.0 with #3362 of 2026-06-03.
/// </summary>
internal static class RuntimeFaults
{
    private static readonly Version SoundSerial = new(1, 16);
    private static readonly Version ChoosesPort = new(1, 17);

    /// <summary>What is wrong with a board's image, as a sentence with what to do; null when nothing is known, or the board does not say.</summary>
    /// <param name="version">Version of the runtime.</param>
    /// <param name="chip">The chip, null when it is not known.</param>
    public static string? Of(Version? version, Chip? chip) =>
        version is null ? null
            : version < SoundSerial ? "older than April 2026 (1.16): its serial driver leaks memory and may lose count of its bytes; flash a newer one with nanoff --update"
            : version < ChoosesPort && chip is { Usb.Length: > 0 } ? "older than June 2026 (1.17): it does not choose between USB and UART0, so COM1 may not be free for the link; flash a newer one with nanoff --update"
            : null;
}

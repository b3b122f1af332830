namespace NeuralEdge.Conversion.Export;

/// <summary>A network as C#.</summary>
/// <param name="Text">The file.</param>
/// <param name="CodeBytes">Bytes of code that it becomes on a board, at most; hardly more than they will be.</param>
/// <param name="Methods">How many methods compute it.</param>
/// <param name="HeapBytes">
/// Bytes of a board's heap that tables and sums take, on a 32-bit nanoFramework heap; weights take none. The stack not counted.
/// </param>
public sealed record ExportedCode(string Text, int CodeBytes, int Methods, int HeapBytes);

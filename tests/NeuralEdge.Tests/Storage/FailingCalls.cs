using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>A file system of which some calls in a row fail, whichever they are: instead of their work, or after it.</summary>
/// <param name="first">The first that fails, counted from <see cref="Begin"/>.</param>
/// <param name="count">How many.</param>
/// <param name="isLate">Whether what they are asked for is done all the same.</param>
internal sealed class FailingCalls(int first, int count, bool isLate) : IFileStore
{
    private const int Most = 40;

    private IFileStore? _files;
    private int _calls = int.MinValue;

    /// <summary>Up to forty calls from each of the first forty on.</summary>
    public static IEnumerable<FailingCalls> All() =>
        from first in Enumerable.Range(0, Most)
        from count in Enumerable.Range(1, Most)
        from isLate in new[] { false, true }
        select new FailingCalls(first, count, isLate);

    public FailingCalls Of(IFileStore files)
    {
        _files = files;
        return this;
    }

    /// <summary>From here on calls are counted.</summary>
    public void Begin() => _calls = 0;

    public int GetLength(string name) => Call(files => files.GetLength(name));

    public int Read(string name, int position, byte[] buffer, int offset, int count) => Call(files => files.Read(name, position, buffer, offset, count));

    public void Write(string name, byte[] data, int offset, int count) => Call(files => Do(() => files.Write(name, data, offset, count)));

    public void Append(string name, byte[] data, int offset, int count) => Call(files => Do(() => files.Append(name, data, offset, count)));

    public void Delete(string name) => Call(files => Do(() => files.Delete(name)));

    public override string ToString() => $"{count} calls from {first} on fail{(isLate ? " late" : "")}";

    private static int Do(Action act)
    {
        act();
        return 0;
    }

    private int Call(Func<IFileStore, int> call)
    {
        int number = _calls++;
        bool fails = number >= first && number < first + count;
        int result = fails && !isLate ? 0 : call(_files!);
        return fails ? throw new IOException("the file system failed") : result;
    }
}

using System.Runtime.CompilerServices;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>
/// Files in memory, with a power switch that can be thrown at any byte. Every write passes n + 3 points: before it,
/// after opening, after each byte, after closing.
/// </summary>
internal sealed class FaultyFlash(FlashModel model, Random random) : IFileStore
{
    private const int Block = 16;
    private const int Window = 4;

    // What the last writes have replaced, where a close commits nothing.
    private readonly List<(string Name, byte[]? Old)> _uncommitted = [];

    /// <summary>A flash with a seed of its own.</summary>
    public FaultyFlash(FlashModel model, int seed)
        : this(model, new Random(seed))
    {
    }

    /// <summary>The files.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Points passed so far.</summary>
    public long Points { get; private set; }

    /// <summary>The point at which power goes.</summary>
    public long CutAt { get; set; } = long.MaxValue;

    /// <summary>Without power every operation fails.</summary>
    public bool Dead { get; private set; }

    /// <summary>The fault at <see cref="CutAt"/> is an error of one write only; power stays.</summary>
    public bool OnlyFails { get; set; }

    /// <summary>Reading this file fails.</summary>
    public string? Unreadable { get; set; }

    /// <summary>How many writes have failed without a loss of power.</summary>
    public int Failures { get; private set; }

    /// <summary>Power is back; it goes again after so many points.</summary>
    public void PowerOn(long pointsUntilCut = long.MaxValue)
    {
        Dead = false;
        _uncommitted.Clear();
        CutAt = pointsUntilCut == long.MaxValue ? long.MaxValue : Points + pointsUntilCut;
    }

    public int GetLength(string name)
    {
        CheckReadable(name);
        return Files.TryGetValue(name, out byte[]? file) ? file.Length : -1;
    }

    public int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        CheckReadable(name);
        if (!Files.TryGetValue(name, out byte[]? file) || position >= file.Length)
        {
            return 0;
        }

        count = Math.Min(count, file.Length - position);
        Array.Copy(file, position, buffer, offset, count);
        return count;
    }

    public void Write(string name, byte[] data, int offset, int count)
    {
        Persist(name, [], data.AsSpan(offset, count).ToArray());
    }

    public void Append(string name, byte[] data, int offset, int count)
    {
        Persist(name, Files.GetValueOrDefault(name, []), data.AsSpan(offset, count).ToArray());
    }

    public void Delete(string name)
    {
        CheckPower();
        long point = CutAt - Points;
        if (point is 0 or 1)
        {
            if (point == 1)
            {
                Put(name, null);
            }

            Fail();
        }

        Points += 2;
        Put(name, null);
    }

    /// <summary>Power goes between two writes.</summary>
    public void CutNow()
    {
        Undo();
        Dead = true;
    }

    private void Persist(string name, byte[] kept, byte[] added)
    {
        CheckPower();
        long point = CutAt - Points;
        if (point >= added.Length + 3)
        {
            Points += added.Length + 3;
            Put(name, [.. kept, .. added]);
            return;
        }

        if (point == added.Length + 2)
        {
            Put(name, [.. kept, .. added]);
        }
        else if (point > 0 && model != FlashModel.CommitOnClose && !IsLate)
        {
            int written = (int)point - 1;
            Put(name, model switch
            {
                FlashModel.TornPrefix => [.. kept, .. added[..written]],
                FlashModel.TornGarbage => [.. kept, .. added[..written], .. Garbage(random.Next(65))],
                FlashModel.ZeroedTail => [.. kept, .. added[..written], .. new byte[added.Length - written]],
                FlashModel.Missing => null,
                FlashModel.Empty => [],
                FlashModel.Grown => [.. kept, .. added, .. Garbage(random.Next(65))],
                _ => Scatter(Files.GetValueOrDefault(name, []), kept, added, written),
            });
        }

        Fail();
    }

    private bool IsLate => model >= FlashModel.LateClose;

    private void Put(string name, byte[]? content)
    {
        if (IsLate)
        {
            _uncommitted.Add((name, Files.GetValueOrDefault(name)));
            if (_uncommitted.Count > Window)
            {
                _uncommitted.RemoveAt(0);
            }
        }

        Set(name, content);
    }

    private void Set(string name, byte[]? content)
    {
        if (content is null)
        {
            Files.Remove(name);
        }
        else
        {
            Files[name] = content;
        }
    }

    private void Undo()
    {
        HashSet<string> kept = [];
        for (int i = _uncommitted.Count - 1; i >= 0; i--)
        {
            (string name, byte[]? old) = _uncommitted[i];
            string what = model == FlashModel.LateClose ? "" : name;
            if (!kept.Contains(what) && random.Next(3) > 0)
            {
                Set(name, old);
            }
            else
            {
                kept.Add(what);
            }
        }

        _uncommitted.Clear();
    }

    private byte[] Scatter(byte[] old, byte[] kept, byte[] added, int written)
    {
        byte[] file = [.. kept, .. added];
        int filler = random.Next(3);
        for (int block = kept.Length / Block; block * Block < file.Length; block++)
        {
            int start = Math.Max(block * Block, kept.Length);
            int end = Math.Min((block + 1) * Block, file.Length);
            if (start < kept.Length + written && random.Next(2) == 0)
            {
                continue;
            }

            for (int i = start; i < end; i++)
            {
                file[i] = filler switch
                {
                    0 => 0xFF,
                    1 => (byte)random.Next(256),
                    _ => i < old.Length ? old[i] : (byte)0,
                };
            }
        }

        return file;
    }

    private byte[] Garbage(int count)
    {
        byte[] garbage = new byte[count];
        random.NextBytes(garbage);
        return garbage;
    }

    private void Fail()
    {
        // Everything up to the end of this operation counts as passed.
        Points = CutAt + 1;
        CutAt = long.MaxValue;
        if (OnlyFails)
        {
            Failures++;
            throw new IOException("the flash failed");
        }

        CutNow();
        CheckPower();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckReadable(string name)
    {
        CheckPower();
        if (name == Unreadable)
        {
            throw new IOException("the file cannot be read");
        }
    }

    /// <summary>Fails without power; in place, because a third of a campaign's time goes into exceptions that find their way up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CheckPower()
    {
        if (Dead)
        {
            throw new IOException("the power is off");
        }
    }
}

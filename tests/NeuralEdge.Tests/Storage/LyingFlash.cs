using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>
/// A flash that is ill for a while: a write fails before, in the middle of or after its work, or says nothing and does none of it,
/// or stores another byte; reading fails now and then.
/// </summary>
internal sealed class LyingFlash(FaultyFlash files, Random random) : PlantedFault(files)
{
    /// <summary>For how many operations it is still ill.</summary>
    public int IllFor { get; set; }

    /// <summary>Operations that went wrong.</summary>
    public int Faults { get; private set; }

    public override int Read(string name, int position, byte[] buffer, int offset, int count)
    {
        if (IsIll() && random.Next(3) == 0)
        {
            throw Failure();
        }

        files.CheckPower();
        return base.Read(name, position, buffer, offset, count);
    }

    public override void Write(string name, byte[] data, int offset, int count)
    {
        if (Spoil(data, offset, count) is byte[] content)
        {
            files.CheckPower();
            base.Write(name, content, 0, content.Length);
            ThrowPerhaps();
        }
    }

    public override void Append(string name, byte[] data, int offset, int count)
    {
        if (Spoil(data, offset, count) is byte[] content)
        {
            files.CheckPower();
            base.Append(name, content, 0, content.Length);
            ThrowPerhaps();
        }
    }

    public override int GetLength(string name)
    {
        files.CheckPower();
        return base.GetLength(name);
    }

    private bool _throws;

    /// <summary>What is written; null for nothing, and no word of it.</summary>
    private byte[]? Spoil(byte[] data, int offset, int count)
    {
        byte[] content = data.AsSpan(offset, count).ToArray();
        _throws = false;
        if (!IsIll())
        {
            return content;
        }

        switch (random.Next(6))
        {
            case 0:
                throw Failure();
            case 1:
                _throws = true;
                return content[..random.Next(count)];
            case 2:
                _throws = true;
                return content;
            case 3:
                Faults++;
                return null;
            case 4:
                Faults++;
                content[random.Next(count)] ^= (byte)(1 << random.Next(8));
                return content;
            default:
                return content;
        }
    }

    private void ThrowPerhaps()
    {
        if (_throws)
        {
            throw Failure();
        }
    }

    private bool IsIll() => IllFor > 0 && IllFor-- > 0;

    private IOException Failure()
    {
        Faults++;
        return new IOException("the flash failed");
    }
}

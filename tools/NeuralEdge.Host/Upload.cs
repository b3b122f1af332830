using System.Buffers.Binary;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Host;

/// <summary>One upload, over as many sessions as it takes.</summary>
internal sealed class Upload(RequestLine line, LinkTimes times, byte[] file, IProgress<UploadProgress>? progress, Signer? signer = null, ModelVersion? version = null)
{
    /// <summary>Answers in a row that move nothing forward before the upload is given up.</summary>
    private const int MaxStalls = 8;

    private readonly uint _digest = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(file.Length - 4));
    private int _resumed = -1;
    private int _best;
    private int _fruitless;
    private int _lostTests;
    private bool _afresh;

    /// <summary>
    /// Check value of the first bytes of a file, as the board computes it over what it holds of an upload.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="count">How many of its bytes.</param>
    public static uint PrefixCheck(byte[] file, int count)
    {
        const int Block = ModelUpload.CheckBlock;
        byte[] block = new byte[4 + Block];
        uint check = 0;
        for (int at = 0; at < count; at += Block)
        {
            int length = Math.Min(Block, count - at);
            BinaryPrimitives.WriteUInt32LittleEndian(block, check);
            Array.Copy(file, at, block, 4, length);
            check = Checksum.Crc32(block, 0, 4 + length);
        }

        return check;
    }

    /// <summary>Runs it to the end.</summary>
    public UploadResult Run(bool confirm, bool anyway, CancellationToken cancellation)
    {
        int sessions = 1;
        bool hello = false;
        while (true)
        {
            try
            {
                if (hello)
                {
                    hello = false;
                    line.Hello(cancellation);
                    sessions++;
                }

                (int slot, uint sequence) = SendAndTest(cancellation);
                if (!confirm)
                {
                    BoardReport report = BoardReport.Read(line.Exchange(LinkRequest.Info, [], times.Answer, cancellation));
                    return Done(ModelState.Test, slot, sequence, sessions) with { TestLeft = report.TestLeft };
                }

                if (ConfirmTested(new TestWait(line, times, ReadFile, sequence, _digest), anyway, cancellation, ref sessions))
                {
                    return Done(ModelState.Confirmed, slot, sequence, sessions);
                }

                if (++_lostTests == times.Sessions)
                {
                    throw new BoardLinkException($"The board at {line.Name} does not stay with the model that it has in test: see with neuraledge info what it runs, check its power supply, and upload again.");
                }
            }
            catch (LinkLostException) when (++_fruitless < times.Sessions)
            {
                hello = true;
            }
            catch (BoardRefusedException refused) when (MayHelpAgain(refused))
            {
                // The bytes on the board are not those of the file; it has deleted them.
            }
            catch (LinkLostException lost)
            {
                BoardLinkException why = line.Explain(lost, cancellation);
                throw _best == 0 ? why : new BoardLinkException($"{why.Message.TrimEnd('.')} (the upload goes on from byte {_best} of {file.Length} then).", why);
            }
        }
    }

    private bool MayHelpAgain(BoardRefusedException refused)
    {
        bool damaged = refused.Status == RequestStatus.ModelRefused && refused.Code is (int)ModelError.Checksum or (int)ModelError.NotAModel;
        bool missing = refused.Status is RequestStatus.Incomplete or RequestStatus.NoUpload;
        damaged |= refused.Status == RequestStatus.NotAuthorised && refused.Request == LinkRequest.Commit;
        if (!damaged && !missing || _afresh)
        {
            return false;
        }

        _afresh = true;
        return true;
    }

    private UploadResult Done(ModelState state, int slot, uint sequence, int sessions)
    {
        Report(UploadPhase.Done, file.Length);
        return new UploadResult(state, slot, sequence, _resumed, sessions);
    }

    private (int Slot, uint Sequence) SendAndTest(CancellationToken cancellation)
    {
        (int offset, uint check) = Begin(cancellation);
        if (offset != 0 && (offset < 0 || offset > file.Length || check != PrefixCheck(file, offset)))
        {
            // A power cut left something else than was sent.
            line.Exchange(LinkRequest.Abort, [], times.FlashAnswer, cancellation);
            (offset, _) = Begin(cancellation);
            if (offset != 0)
            {
                throw new BoardLinkException($"The board at {line.Name} keeps damaged bytes of an earlier upload: restart it and try again.");
            }
        }

        if (_resumed < 0)
        {
            _resumed = offset;
        }

        Report(UploadPhase.Sending, offset);
        byte[] request = new byte[4 + line.MaxChunk];
        int stalls = 0;
        int farthest = offset;
        while (offset < file.Length)
        {
            int count = Math.Min(line.MaxChunk, file.Length - offset);
            BinaryPrimitives.WriteInt32LittleEndian(request, offset);
            file.AsSpan(offset, count).CopyTo(request.AsSpan(4));
            byte[] reply = line.Exchange(LinkRequest.Data, request.AsSpan(0, 4 + count), times.Answer, cancellation);
            int wanted = reply.Length >= 5 ? BinaryPrimitives.ReadInt32LittleEndian(reply.AsSpan(1)) : -1;
            stalls = wanted > farthest ? 0 : stalls + 1;
            farthest = Math.Max(farthest, wanted);
            if (wanted < 0 || wanted > file.Length || stalls > MaxStalls)
            {
                throw new BoardLinkException($"The board at {line.Name} does not take the upload beyond byte {offset}: restart it and try again.");
            }

            offset = wanted;
            if (offset > _best)
            {
                _best = offset;
                _fruitless = 0;
            }

            Report(UploadPhase.Sending, offset);
        }

        Report(UploadPhase.Testing, offset);
        byte[] commit = Commit(cancellation);
        if (commit.Length < 11 || BinaryPrimitives.ReadUInt32LittleEndian(commit.AsSpan(7)) != _digest)
        {
            throw new BoardLinkException($"The board at {line.Name} tested another model than the one sent: upload it again.");
        }

        return (commit[2], BinaryPrimitives.ReadUInt32LittleEndian(commit.AsSpan(3)));
    }

    /// <summary>Confirms; false when the board lost the test meanwhile and the upload has to be resumed.</summary>
    private bool ConfirmTested(TestWait test, bool anyway, CancellationToken cancellation, ref int sessions)
    {
        while (true)
        {
            try
            {
                if (!anyway && !WaitForPeriods(test, cancellation))
                {
                    return false;
                }

                Report(UploadPhase.Confirming, file.Length);
                if (test.Confirm(anyway, cancellation))
                {
                    return true;
                }
            }
            catch (LinkLostException) when (++_fruitless < times.Sessions)
            {
                // Whether it was done, the board tells.
                line.Hello(cancellation);
                sessions++;
                if (test.IsConfirmed(cancellation))
                {
                    return true;
                }

                if (test.IsGone)
                {
                    return false;
                }
            }
        }
    }

    private ModelFile? ReadFile()
    {
        try
        {
            return ModelFile.Parse(file, "the model");
        }
        catch (InputRefusedException)
        {
            // The board has taken it: what only people need of it may be missing.
            return null;
        }
    }

    /// <summary>Waits until the model has run long enough on plausible inputs; false when the board lost the test meanwhile.</summary>
    private bool WaitForPeriods(TestWait test, CancellationToken cancellation)
    {
        try
        {
            while (!test.IsLongEnough(cancellation))
            {
                if (test.IsGone)
                {
                    return false;
                }

                _fruitless = 0;
                progress?.Report(new UploadProgress(UploadPhase.Waiting, file.Length, file.Length, Math.Max(_resumed, 0), test.Progress));
                test.Pause(cancellation);
            }

            return true;
        }
        catch (OperationCanceledException e)
        {
            throw test.Stopped(e);
        }
    }

    /// <summary>On a keyed board with the signature, and the board's own security number unless another one is wished for.</summary>
    private byte[] Commit(CancellationToken cancellation)
    {
        if (!line.Signs(LinkRequest.Commit, cancellation))
        {
            return line.Exchange(LinkRequest.Commit, [], times.FlashAnswer, cancellation);
        }

        return line.ExchangeSigned(LinkRequest.Commit, [], key => Signer.Commit(file, version?.Number, version?.Older == true, key), signer!, times.FlashAnswer, cancellation);
    }

    private (int Offset, uint Check) Begin(CancellationToken cancellation)
    {
        byte[] request = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(request, file.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(4), _digest);
        byte[] reply = line.Exchange(LinkRequest.Begin, request, times.FlashAnswer, cancellation);
        return reply.Length >= 9
            ? (BinaryPrimitives.ReadInt32LittleEndian(reply.AsSpan(1)), BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(5)))
            : throw new BoardLinkException($"The board at {line.Name} answered BEGIN in a form this program does not know: update neuraledge.");
    }

    private void Report(UploadPhase phase, int sent)
    {
        progress?.Report(new UploadProgress(phase, sent, file.Length, Math.Max(_resumed, 0)));
    }
}

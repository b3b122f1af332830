using System.Buffers.Binary;
using NeuralEdge.Board;
using NeuralEdge.Board.Storage;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Storage;

/// <summary>The little of a board that the store needs: it loads, checks, and does as a host tells it.</summary>
internal sealed class StoreBoard
{
    public const int MaxBytes = 4096;

    public StoreBoard(IFileStore files)
    {
        Slots = new ModelSlots(files, MaxBytes);
        Transfer = new ModelUpload(Slots);
    }

    /// <summary>A fault of this board that a campaign must find.</summary>
    public StoreFault Fault { get; init; }

    public ModelSlots Slots { get; }

    public ModelUpload Transfer { get; }

    /// <summary>A file of this length that ends in its CRC-32, like any model.</summary>
    public static byte[] MakeModel(int length, int seed)
    {
        byte[] model = new byte[length];
        new Random(seed).NextBytes(model);
        BinaryPrimitives.WriteUInt32LittleEndian(model.AsSpan(length - 4), Checksum.Crc32(model, 0, length - 4));
        return model;
    }

    public static uint DigestOf(byte[] model) => BinaryPrimitives.ReadUInt32LittleEndian(model.AsSpan(model.Length - 4));

    /// <summary>Starts, and returns the model that runs; null is the factory model.</summary>
    public byte[]? Start()
    {
        Slots.Start();
        return Load();
    }

    /// <summary>Loads the active model, setting aside those that are not whole.</summary>
    public byte[]? Load()
    {
        while (Slots.ActiveSlot != ModelSlots.Factory)
        {
            byte[] file = new byte[Slots.ActiveLength];
            if (Slots.ReadActive(0, file, 0, file.Length) == file.Length && IsWhole(file, DigestOf(file)))
            {
                return file;
            }

            Slots.SkipActive();
        }

        return null;
    }

    /// <summary>Begins as a host does: what does not match the file is deleted and sent afresh.</summary>
    public RequestStatus Begin(byte[] model)
    {
        RequestStatus result = BeginOnce(model);
        if (result == RequestStatus.Ok && Transfer.PrefixCheck != Host.Upload.PrefixCheck(model, Transfer.Received))
        {
            Transfer.Discard();
            result = BeginOnce(model);
        }

        return result;
    }

    /// <summary>Sends one chunk; true while more are missing.</summary>
    public bool Send(byte[] model, int chunk)
    {
        int at = Transfer.Received;
        int count = Math.Min(chunk, model.Length - at);
        return Transfer.Append(at, model, at, count) == RequestStatus.Ok && at + count < model.Length;
    }

    /// <summary>Tests the complete upload: reads it back and checks it.</summary>
    public RequestStatus Test()
    {
        if (Transfer.State != UploadState.Receiving)
        {
            return RequestStatus.NoUpload;
        }

        byte[] file = new byte[Transfer.Length];
        if (Transfer.Received != file.Length)
        {
            return RequestStatus.Incomplete;
        }

        if (Transfer.Read(0, file, 0, file.Length) != file.Length || !IsWhole(file, Transfer.Digest))
        {
            Transfer.Discard();
            return RequestStatus.StorageFailed;
        }

        return Transfer.SetTesting();
    }

    /// <summary>Takes back as a board does: a confirmed model only when it is known which one before can be loaded.</summary>
    public RequestStatus Revert()
    {
        if (Transfer.State != UploadState.Testing)
        {
            Slots.RetryBefore();
            int before = Slots.BeforeSlot;
            byte[] file = new byte[Slots.GetConfirmedLength(before)];
            if (before != ModelSlots.Factory && !(Slots.ReadConfirmed(before, 0, file, 0, file.Length) == file.Length && IsWhole(file, DigestOf(file))))
            {
                Slots.SkipBefore();
            }
        }

        return Transfer.Revert();
    }

    /// <summary>Begin, all chunks, test.</summary>
    public RequestStatus Upload(byte[] model, int chunk = 64)
    {
        RequestStatus result = Begin(model);
        if (result != RequestStatus.Ok)
        {
            return result;
        }

        while (Send(model, chunk))
        {
        }

        return Test();
    }

    /// <summary>Begin, all chunks, test, confirm.</summary>
    public RequestStatus UploadAndConfirm(byte[] model, int chunk = 64)
    {
        RequestStatus result = Upload(model, chunk);
        return result == RequestStatus.Ok ? Transfer.Confirm() : result;
    }

    private bool IsWhole(byte[] file, uint digest)
    {
        bool isWhole = DigestOf(file) == digest && Checksum.Crc32(file, 0, file.Length - 4) == digest;
        return Fault switch
        {
            StoreFault.RunsAnything => true,
            StoreFault.FallsOver => isWhole ? true : throw new InvalidOperationException("fell over a model"),
            _ => isWhole,
        };
    }

    private RequestStatus BeginOnce(byte[] model)
    {
        RequestStatus result = Transfer.Begin(model.Length, DigestOf(model));
        while (!Transfer.StepCheck())
        {
        }

        return result;
    }
}

using System.Buffers.Binary;
using NeuralEdge.Board.Storage;
using NeuralEdge.Host;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Storage;

/// <summary>The little of a board that the store needs: it loads, checks, and does as a host tells it.</summary>
internal sealed class StoreBoard(IFileStore files)
{
    public const int MaxBytes = 4096;

    public ModelStore Store { get; } = new(files, MaxBytes);

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
        Store.Start();
        return Load();
    }

    /// <summary>Loads the active model, setting aside those that are not whole.</summary>
    public byte[]? Load()
    {
        while (Store.ActiveSlot != ModelStore.Factory)
        {
            byte[] file = new byte[Store.ActiveLength];
            if (Store.ReadActive(0, file, 0, file.Length) == file.Length && IsWhole(file, Store.ActiveDigest))
            {
                return file;
            }

            Store.SkipActive();
        }

        return null;
    }

    /// <summary>Begins as a host does: what does not match the file is deleted and sent afresh.</summary>
    public StoreResult Begin(byte[] model)
    {
        StoreResult result = BeginOnce(model);
        if (result == StoreResult.Ok && Store.PrefixCheck != BoardLink.PrefixCheck(model, Store.ReceivedLength))
        {
            Store.Discard();
            result = BeginOnce(model);
        }

        return result;
    }

    /// <summary>Sends one chunk; true while more are missing.</summary>
    public bool Send(byte[] model, int chunk)
    {
        int at = Store.ReceivedLength;
        int count = Math.Min(chunk, model.Length - at);
        return Store.Append(at, model, at, count) == StoreResult.Ok && at + count < model.Length;
    }

    /// <summary>Tests the complete upload: reads it back and checks it.</summary>
    public StoreResult Test()
    {
        if (Store.State != StoreState.Receiving)
        {
            return StoreResult.NoUpload;
        }

        byte[] file = new byte[Store.UploadLength];
        if (Store.ReceivedLength != file.Length)
        {
            return StoreResult.Incomplete;
        }

        if (Store.ReadUpload(0, file, 0, file.Length) != file.Length || !IsWhole(file, Store.UploadDigest))
        {
            Store.Discard();
            return StoreResult.Failed;
        }

        return Store.SetTesting();
    }

    /// <summary>Begin, all chunks, test.</summary>
    public StoreResult Upload(byte[] model, int chunk = 64)
    {
        StoreResult result = Begin(model);
        if (result != StoreResult.Ok)
        {
            return result;
        }

        while (Send(model, chunk))
        {
        }

        return Test();
    }

    /// <summary>Begin, all chunks, test, confirm.</summary>
    public StoreResult UploadAndConfirm(byte[] model, int chunk = 64)
    {
        StoreResult result = Upload(model, chunk);
        return result == StoreResult.Ok ? Store.Confirm() : result;
    }

    private static bool IsWhole(byte[] file, uint digest)
    {
        return DigestOf(file) == digest && Checksum.Crc32(file, 0, file.Length - 4) == digest;
    }

    private StoreResult BeginOnce(byte[] model)
    {
        StoreResult result = Store.Begin(model.Length, DigestOf(model));
        while (!Store.StepCheck())
        {
        }

        return result;
    }
}

using System.Buffers.Binary;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Host;

/// <summary>Reads the file of the running model.</summary>
internal sealed class Download(RequestLine line, LinkTimes times)
{
    /// <summary>Far more than the memory of a board holds: nobody waits for what a damaged board announces.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the whole file.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The file, or null when it is not the one that the board announces.</returns>
    public byte[]? Run(CancellationToken cancellation)
    {
        BoardReport report = BoardReport.Read(line.Exchange(LinkRequest.Info, [], times.Answer, cancellation));
        if (report.ModelLength < ModelFormat.HeaderLength + ModelFormat.TrailerLength || report.ModelLength > Math.Min(report.Limits.MaxBytes, MaxBytes))
        {
            return null;
        }

        byte[] file = new byte[report.ModelLength];
        byte[] request = new byte[6];
        for (int at = 0; at < file.Length;)
        {
            int count = Math.Min(line.MaxChunk, file.Length - at);
            BinaryPrimitives.WriteInt32LittleEndian(request, at);
            BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(4), (ushort)count);
            byte[] reply = line.Exchange(LinkRequest.Read, request, times.Answer, cancellation);
            if (reply.Length != 5 + count || BinaryPrimitives.ReadInt32LittleEndian(reply.AsSpan(1)) != at)
            {
                return null;
            }

            reply.AsSpan(5).CopyTo(file.AsSpan(at));
            at += count;
        }

        // Another model may have taken over in the middle.
        int end = file.Length - ModelFormat.TrailerLength;
        uint digest = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(end));
        return digest == report.Digest && Checksum.Crc32(file, 0, end) == digest ? file : null;
    }
}

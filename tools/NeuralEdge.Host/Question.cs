using System.Buffers.Binary;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>One inference on the board with given inputs, in as many parts as they take.</summary>
internal sealed class Question(RequestLine line, LinkTimes times)
{
    /// <summary>Puts the inputs to the board.</summary>
    /// <param name="inputs">Raw inputs, as many as the network has.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Raw outputs, and whether a value inside the network met its ceiling.</returns>
    public Answer Ask(int[] inputs, CancellationToken cancellation)
    {
        byte[] reply = SendInputs(inputs, cancellation);
        int[] outputs = [];
        int known = 0;
        while (true)
        {
            int first = reply.Length >= 5 ? BinaryPrimitives.ReadUInt16LittleEndian(reply.AsSpan(1)) : -1;
            int total = reply.Length >= 5 ? BinaryPrimitives.ReadUInt16LittleEndian(reply.AsSpan(3)) : 0;
            if (known == 0)
            {
                outputs = new int[total];
            }

            // What a newer board appends is no output.
            int count = Math.Min((reply.Length - 5) / 4, Math.Min(LinkProtocol.MaxAnswerOutputs, total - known));
            if (first != known || total != outputs.Length || count <= 0)
            {
                throw new BoardLinkException($"The board at {line.Name} answered with outputs that do not fit together: ask again.");
            }

            for (int i = 0; i < count; i++)
            {
                outputs[known + i] = BinaryPrimitives.ReadInt32LittleEndian(reply.AsSpan(5 + i * 4));
            }

            known += count;
            if (known == total)
            {
                return new Answer(outputs, reply.Length > 5 + (4 * count) && (reply[5 + (4 * count)] & LinkProtocol.Saturated) != 0);
            }

            byte[] next = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(next, (ushort)known);
            reply = line.Exchange(LinkRequest.Answer, next, times.Answer, cancellation);
        }
    }

    /// <returns>The reply to the last part.</returns>
    private byte[] SendInputs(int[] inputs, CancellationToken cancellation)
    {
        byte[] reply;
        int most = line.Signs(LinkRequest.Ask, cancellation) ? LinkProtocol.MaxSignedAskInputs : LinkProtocol.MaxAskInputs;
        int sent = 0;
        do
        {
            int count = Math.Min(most, inputs.Length - sent);
            byte[] part = new byte[4 + count * 4];
            BinaryPrimitives.WriteUInt16LittleEndian(part, (ushort)sent);
            BinaryPrimitives.WriteUInt16LittleEndian(part.AsSpan(2), (ushort)inputs.Length);
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(part.AsSpan(4 + i * 4), inputs[sent + i]);
            }

            reply = line.Exchange(LinkRequest.Ask, part, times.Answer, cancellation);
            sent += count;
        }
        while (sent < inputs.Length);
        return reply;
    }
}

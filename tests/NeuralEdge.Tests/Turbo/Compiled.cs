using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>A network's code without the state machine around it: written, loaded, run, patched.</summary>
internal sealed class Compiled
{
    private readonly CompiledImage _image;

    internal Compiled(Network network)
    {
        Plan = new CodePlan(network);
        Assert.AreEqual(TurboRefusal.None, Plan.Refusal);
        _image = new CompiledImage(Plan);
        Assert.AreEqual(_image.CodeAt + Plan.CodeBytes, Emit(network, (chunk, at) => chunk.Write(_image.Bytes, at)), "the plan has counted the bytes right");
        while (!_image.Seal())
        {
        }

        Pass = new InterpretedPass(_image.Bytes);
        Pass.Attach(network, _image.Shape);
    }

    internal CodePlan Plan { get; }

    internal byte[] Bytes => _image.Bytes;

    internal int CodeAt => _image.CodeAt;

    internal InterpretedPass Pass { get; }

    /// <summary>Outputs of the compiled code for the network's inputs; the network runs its planned passes again afterwards.</summary>
    internal int[] Run(Network network)
    {
        Array.Fill(network.Outputs, 0x5A5A5A5A);
        Pass.Engage();
        try
        {
            network.Forward();
            return [.. network.Outputs];
        }
        finally
        {
            network.Restore();
        }
    }

    /// <summary>Puts another network's constants in; true when the image was for its shape.</summary>
    internal bool Patch(Network network)
    {
        if (Emit(network, (chunk, at) => chunk.Patch(Bytes, at)) < 0)
        {
            return false;
        }

        Pass.Attach(network, _image.Shape);
        return true;
    }

    /// <summary>True when the image holds exactly the code of a network.</summary>
    internal bool Holds(Network network) => Emit(network, (chunk, at) => chunk.Compare(Bytes, at)) >= 0;

    /// <summary>A model around a network, with golden vectors that it keeps.</summary>
    internal static Model ModelOf(Network network, int vectors = 3)
    {
        TrialInputs inputs = new(network);
        GoldenVectors golden = new(vectors, network.InputCount, network.OutputCount);
        int[] drawn = new int[network.InputCount];
        for (int v = 0; v < vectors; v++)
        {
            inputs.Draw(drawn);
            network.SetInputs(drawn, 0);
            network.Forward();
            int at = 0;
            foreach (int value in (int[])[.. drawn, .. network.Outputs])
            {
                golden.Set(v, at++, value);
            }
        }

        return new Model(network, BindingsReader.Empty(network.InputCount, network.OutputCount), golden, 0, 0);
    }

    /// <summary>Indices of the bytes of all weights and starts of sums: what is pushed in 8 bytes, or in 4 and is no mask or offset.</summary>
    internal IEnumerable<int> Constants()
    {
        int end = CodeAt + Plan.CodeBytes;
        for (int at = CodeAt; at < end;)
        {
            int length = Bytes[at] switch
            {
                Opcode.LoadLong => 8,
                Opcode.LoadInt => 4,
                Opcode.LoadIntByte or Opcode.LoadLocal or Opcode.StoreLocal or Opcode.StoreArgument => 1,
                Opcode.LoadField => 2,
                _ => 0,
            };
            int operand = length == 4 ? BitConverter.ToInt32(Bytes, at + 1) : 0;
            bool isShape = length == 4 && operand is 2047 or 0x1FFFFF or 0x100000 or int.MinValue;
            if (length >= 4 && !isShape)
            {
                for (int i = 1; i <= length; i++)
                {
                    yield return at + i;
                }
            }

            at += 1 + length;
        }
    }

    private int Emit(Network network, Func<CodeChunk, int, int> put)
    {
        CodeEmitter emitter = new(network, new CodePlan(network));
        CodeChunk chunk = new();
        int at = _image.CodeAt;
        bool complete = false;
        while (!complete && at >= 0)
        {
            complete = emitter.Fill(chunk);
            at = put(chunk, at);
        }

        return at;
    }
}

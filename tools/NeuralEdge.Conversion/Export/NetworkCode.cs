using System.Globalization;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Export;

/// <summary>
/// Writes the methods of a network: each row of a layer is one expression of constants times values, and the outputs of its
/// neurons are expressions of that.
/// </summary>
/// <remarks>
/// <para>How values go from layer to layer decides what is spent besides. A layer of one row uses each value once, and takes the
/// expression itself. Other layers take them as parameters of a method of their own: an interpreter leaves arguments where they
/// were computed, while a local costs as much as an operation at every call, and another to store it. Only where values are too
/// few to pay for a call are they locals.</para>
/// <para>The platform counts the parameters and the locals of a method, and the values on its evaluation stack, in a byte each,
/// and does not say when that is too small. A layer with more values is computed in blocks, which add to an array.</para>
/// </remarks>
internal sealed class NetworkCode
{
    /// <summary>Most values that a method is given; the rest of 255 is for what lies on the stack beside them.</summary>
    private const int MaxValues = 240;

    /// <summary>
    /// Most layers of one row in one expression: C# compilers take several times as long for each, and each lies on the evaluation
    /// stack.
    /// </summary>
    private const int MaxNested = 2;

    /// <summary>Fewer values than this go into locals.</summary>
    private const int WorthACall = 8;

    private readonly Network _network;
    private readonly IReadOnlyList<PackedLayer> _layers;
    private readonly IReadOnlyList<string> _tables;
    private readonly IReadOnlyList<string> _curves;
    private readonly List<MethodText> _methods = [];
    private readonly List<(string Name, int Length)> _sums = [];

    /// <param name="network">The network.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="tables">Name of the field with each layer's table; empty for a layer without.</param>
    /// <param name="curves">Name of the field with the knots of each layer that is tabulated; empty for others.</param>
    internal NetworkCode(Network network, IReadOnlyList<PackedLayer> layers, IReadOnlyList<string> tables, IReadOnlyList<string> curves)
    {
        _curves = curves;
        _network = network;
        _layers = layers;
        _tables = tables;
        MethodText forward = new("Forward", [("int[]", "inputs"), ("int[]", "outputs")]);
        _methods.Add(forward);
        forward.Comment($"Inputs, limited to their ranges.");
        IEnumerable<int> read = Enumerable.Range(0, network.InputCount).Where(layers[0].Reads);
        Pass(forward, 0, [.. read.Select(i => new Input(i, Limited(forward, i)))], 0, 0);
    }

    /// <summary>The methods; the first is the public one.</summary>
    internal IReadOnlyList<MethodText> Methods => _methods;

    /// <summary>Arrays for the sums of layers that are computed in blocks.</summary>
    internal IReadOnlyList<(string Name, int Length)> Sums => _sums;

    // One comparison for both ends of the range, because below it an unsigned difference is large.
    private Code Limited(MethodText method, int input)
    {
        Code least = Code.Int(_network.GetInputMinimum(input));
        Code most = Code.Int(_network.GetInputMaximum(input));
        Code distance = Code.Int(Math.Abs(_network.GetInputMinimum(input)));
        uint span = (uint)(_network.GetInputMaximum(input) - _network.GetInputMinimum(input));
        Code v = Code.Element(method.Value("inputs"), Code.Int(input)).KeptIn("v");
        Code above = _network.GetInputMinimum(input) switch
        {
            0 => v.Then("(uint){0}", 0),
            > 0 => v.Then($"(uint)({{0}} - {distance.Text})", distance.Bytes + 1),
            _ => v.Then($"(uint)({{0}} + {distance.Text})", distance.Bytes + 1),
        };

        // The comparison, v or a call that takes v, and what makes a long of it.
        int bytes = Code.Int((int)span).Bytes + Code.JumpBytes + 1 + Code.JumpBytes + 1 + least.Bytes + most.Bytes + Code.TokenBytes + 1;
        return above.Then(string.Create(CultureInfo.InvariantCulture, $"{{0}} <= {span}u ? v : Limit(v, {least.Text}, {most.Text})"), bytes);
    }

    /// <summary>Gives the inputs of a layer to what computes it.</summary>
    /// <param name="method">Where their values are computed.</param>
    /// <param name="l">The layer.</param>
    /// <param name="inputs">Those that it reads; each value is written once, and in this order.</param>
    /// <param name="depth">How many layers the method has computed.</param>
    /// <param name="nested">How many layers of one row the inputs are expressions of.</param>
    private void Pass(MethodText method, int l, Input[] inputs, int depth, int nested)
    {
        // What is taken into a sum is evaluated there, when the table is the layer's own.
        bool keepsTable = l == 0 || _tables[l].Length == 0 || _tables[l] == method.Table;
        if (_layers[l].Rows.Length == 1 && keepsTable && nested < MaxNested)
        {
            bool isFactor = l > 0 && NeuronCode.IsFactor(_layers[l - 1].Layer);
            Compute(method, l, isFactor ? inputs : Array.ConvertAll(inputs, input => new Input(input.Index, input.Value.Then("({0})", 0))), depth, nested + 1);
        }
        else if (inputs.Length < WorthACall)
        {
            string letter = depth == 0 ? "x" : (depth & 1) == 1 ? "y" : "z";
            foreach (Input input in inputs)
            {
                method.Assign("long", Name(letter, input.Index), input.Value);
            }

            Compute(method, l, Array.ConvertAll(inputs, input => new Input(input.Index, method.Value(Name(letter, input.Index)))), depth, 0);
        }
        else
        {
            Call(method, l, [.. inputs.Chunk(MaxValues)]);
        }
    }

    private void Call(MethodText method, int l, Input[][] blocks)
    {
        if (blocks.Length > 1)
        {
            _sums.Add(($"Sums{l}", _layers[l].Rows.Length));
        }

        for (int b = 0; b < blocks.Length; b++)
        {
            bool ends = b == blocks.Length - 1;
            IEnumerable<(string, string)> parameters = blocks[b].Select(input => ("long", Name("x", input.Index)));
            IEnumerable<Code> arguments = blocks[b].Select(input => input.Value);
            string name = FormattableString.Invariant(blocks.Length > 1 ? (FormattableString)$"Layer{l}Block{b}" : $"Layer{l}");
            MethodText next = new(name, ends ? parameters.Append(("int[]", "outputs")) : parameters);
            _methods.Add(next);
            method.Call(name, ends ? arguments.Append(method.Value("outputs")) : arguments);

            if (blocks.Length > 1)
            {
                next.Assign("long[]", "a", new Code($"Sums{l}", Code.TokenBytes));
            }

            Input[] given = Array.ConvertAll(blocks[b], input => new Input(input.Index, next.Value(Name("x", input.Index))));
            if (ends)
            {
                Compute(next, l, given, 0, 0, goesOn: b > 0);
                continue;
            }

            for (int r = 0; r < _layers[l].Rows.Length; r++)
            {
                next.AssignElement(next.Value("a"), r, Sum(next, l, r, given, goesOn: b > 0));
            }
        }
    }

    /// <summary>Computes a layer whose inputs have come, and all layers behind it.</summary>
    /// <param name="method">Where.</param>
    /// <param name="l">The layer.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="depth">How many layers the method has computed.</param>
    /// <param name="nested">How many layers of one row the inputs are expressions of, this one included.</param>
    /// <param name="goesOn">True when sums begin with those of earlier blocks.</param>
    private void Compute(MethodText method, int l, Input[] inputs, int depth, int nested, bool goesOn = false)
    {
        PackedLayer layer = _layers[l];
        method.Comment($"Layer {l}: {NumberText.Count(layer.Layer.InputCount, "input")}, {NumberText.Count(layer.Layer.NeuronCount, "neuron")}, {(layer.Bits == 32 ? "two" : "three")} in a word; {Describe(layer.Layer)}.");
        if (l == _layers.Count - 1)
        {
            End(method, l, inputs, goesOn);
            return;
        }

        if (_tables[l].Length > 0)
        {
            method.UseTable(_tables[l]);
        }

        List<Input> outputs = [];
        for (int r = 0; r < layer.Rows.Length; r++)
        {
            Code sum = Sum(method, l, r, inputs, goesOn);
            Lane[] read = layer.Rows[r].Lanes;
            bool isReadAgain = read.Length > 1 || NeuronCode.ReadsWordAgain(layer.Layer);
            for (int k = 0; k < read.Length; k++)
            {
                Code word = k > 0 ? method.Value("s") : isReadAgain ? sum.KeptIn("s") : sum.Then("({0})", 0);
                outputs.Add(new Input(read[k].Neuron, NeuronCode.WideValue(word, read[k], layer, TableOf(method, l))));
            }
        }

        Pass(method, l + 1, [.. outputs], depth + 1, nested);
    }

    private void End(MethodText method, int l, Input[] inputs, bool goesOn)
    {
        PackedLayer layer = _layers[l];
        for (int r = 0; r < layer.Rows.Length; r++)
        {
            Code sum = Sum(method, l, r, inputs, goesOn);
            Lane[] lanes = layer.Rows[r].Lanes;
            for (int k = 0; k < lanes.Length; k++)
            {
                Code word = k > 0 ? method.Value("s") : lanes.Length > 1 ? sum.KeptIn("s") : sum.Then("({0})", 0);
                method.AssignElement(method.Value("outputs"), lanes[k].Neuron, NeuronCode.Value(word, lanes[k], layer, TableOf(method, l)));
            }
        }
    }

    private Code TableOf(MethodText method, int l) => _curves[l].Length > 0 ? new Code(_curves[l], Code.TokenBytes) : method.Value("t");

    private Code Sum(MethodText method, int l, int r, Input[] inputs, bool goesOn)
    {
        PackedRow row = _layers[l].Rows[r];
        Code? start = goesOn ? Code.Element(method.Value("a"), Code.Int(r)) : row.Start == 0 ? null : Code.Long(row.Start);
        return MethodText.Sum(start, inputs.Select(input => (row.Words[input.Index], input.Value)));
    }

    private static string Describe(DenseLayer layer)
    {
        string name = ActivationFunction.Of(layer.Activation).Title;
        return layer.Table is null ? name : name + " by table";
    }

    private static string Name(string letter, int input) => letter + input.ToString(CultureInfo.InvariantCulture);

    /// <summary>An input of a layer, and what gives its value.</summary>
    private readonly record struct Input(int Index, Code Value);
}

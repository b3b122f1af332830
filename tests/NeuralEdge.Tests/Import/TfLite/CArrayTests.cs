using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>Projects for microcontrollers carry a TensorFlow Lite file as an array in a C source.</summary>
[TestClass]
public sealed class CArrayTests
{
    private static readonly byte[] Model = TfLiteModels.Float();

    private static string Hex => string.Join(", ", Model.Select(b => $"0x{b:x2}"));

    [TestMethod]
    [DataRow("model.h", "unsigned char model_tflite[] = {\n  @\n};\nunsigned int model_tflite_len = 4;")]
    [DataRow("model.cc", "#include \"model.h\"\nalignas(8) const unsigned char g_model[] = {@};\nconst int g_model_len = 1;")]
    [DataRow("model.cpp", "namespace { const uint8_t other[] = {1, 2, 3}; }\nconst uint8_t data[] DATA_ALIGN_ATTRIBUTE = {\n@,\n};")]
    [DataRow("model.c", "/* {1, 2} */ static const uint8_t m[] = { // weights {\n @ /* end } */ };")]
    [DataRow("model.ino", "void setup() { Serial.begin(9600); }\nconst unsigned char m[] PROGMEM = { @ };\nvoid loop() {}")]
    [DataRow("MODEL.H", "constexpr unsigned char m[] = {@u};")]
    public void EverySpellingIsRead(string name, string source)
    {
        ImportedModel imported = ModelImport.Parse(System.Text.Encoding.UTF8.GetBytes(source.Replace("@", Hex, StringComparison.Ordinal)), name);
        Assert.AreEqual(4, imported.Model.Network.InputCount);
        Assert.IsTrue(imported.Classifies);
    }

    [TestMethod]
    public void DecimalNumbersAreNumbersToo() =>
        Assert.AreEqual(4, ModelImport.Parse(System.Text.Encoding.UTF8.GetBytes($"char m[] = {{{string.Join(',', Model)}}};"), "m.h").Model.Network.InputCount);

    [TestMethod]
    [DataRow("int main() { return 0; }", "no array of bytes")]
    [DataRow("unsigned char m[] = {0x1c, 0, 0, 0, 0x54, 0x46, 0x4c};", "no array of bytes")]
    [DataRow("unsigned char m[] = {@}; unsigned char n[] = {@};", "2 arrays")]
    [DataRow("unsigned char m[] = {0x1c, 256, 0, 0, 0x54, 0x46, 0x4c, 0x33};", "no array of bytes")]
    [DataRow("unsigned char m[] = {@", "no array of bytes")]
    [DataRow("x{/*{/*{/*{/*", "no array of bytes")]
    public void AnythingElseIsRefused(string source, string part) =>
        Refusals.Expect("m.h|" + part, () => ModelImport.Parse(System.Text.Encoding.UTF8.GetBytes(source.Replace("@", Hex, StringComparison.Ordinal)), "m.h"));
}

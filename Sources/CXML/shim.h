// libxml2's push parser, and one wrapper over its error handlers, which are variadic, and thread-local behind macros.
#pragma once
#include <libxml/xmlversion.h>
// Debian's libxml2 shows the types of its own ICU, which differ from those of Foundation's: a module that sees both does
// not compile. Nothing of them is used.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

static void leaverlink_xml_ignore_message(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

// xmlSchemaParse without a word on stderr: the parts of libxml2 that it calls print past the handler that it is given.
static inline xmlSchemaPtr leaverlink_xml_schema_parse(xmlSchemaParserCtxtPtr parser) {
  xmlGenericErrorFunc generic = xmlGenericError;
  void *genericContext = xmlGenericErrorContext;
  xmlStructuredErrorFunc structured = xmlStructuredError;
  void *structuredContext = xmlStructuredErrorContext;
  xmlSetGenericErrorFunc(NULL, leaverlink_xml_ignore_message);
  xmlSetStructuredErrorFunc(NULL, NULL);
  xmlSchemaPtr schema = xmlSchemaParse(parser);
  xmlSetGenericErrorFunc(genericContext, generic);
  xmlSetStructuredErrorFunc(structuredContext, structured);
  return schema;
}

// xmlParseChunk without a word on stderr: errors of encodings go past the parser's own handler, to those of the thread,
// and would print bytes of the file. The thread's handlers are put back before this returns.
static inline int leaverlink_xml_parse_chunk(xmlParserCtxtPtr parser, const char *bytes, int count, int terminate) {
  xmlGenericErrorFunc generic = xmlGenericError;
  void *genericContext = xmlGenericErrorContext;
  xmlStructuredErrorFunc structured = xmlStructuredError;
  void *structuredContext = xmlStructuredErrorContext;
  xmlSetGenericErrorFunc(NULL, leaverlink_xml_ignore_message);
  xmlSetStructuredErrorFunc(NULL, NULL);
  int code = xmlParseChunk(parser, bytes, count, terminate);
  xmlSetGenericErrorFunc(genericContext, generic);
  xmlSetStructuredErrorFunc(structuredContext, structured);
  return code;
}

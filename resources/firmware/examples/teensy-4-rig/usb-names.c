// The name by which the host finds the board, and how long its reports are.
#include <usb_names.h>

#define PRODUCT_NAME \
  { 'E', 'x', 'o', 'c', 'o', 'r', 't', 'e', 'x', ' ', 'H', 'I', 'D', ' ', 'r', 'i', 'g', ' ', '6', '4' }
#define PRODUCT_NAME_LENGTH 20

struct usb_string_descriptor_struct usb_string_product_name = {2 + PRODUCT_NAME_LENGTH * 2, 3, PRODUCT_NAME};
